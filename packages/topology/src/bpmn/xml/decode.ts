// Bytes to characters, as the document says itself: byte order mark first, then the XML declaration, then UTF-8.

import { SluiceError } from '@sluice/protocol';

export const MAX_BYTES = 8 * 1024 * 1024;

const DECLARED = /^<\?xml[^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][\w.:-]{0,40})["']/;
const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * @param charset  what the transport says, which goes before the document's own word
 * @throws SluiceError `bpmn.too_large`, `bpmn.encoding`
 */
export function decodeXml(input: string | Uint8Array, charset?: string): string {
  if (input.length > MAX_BYTES) throw new SluiceError('bpmn.too_large', { what: `more than ${MAX_BYTES} bytes` });
  if (typeof input === 'string') return input;
  const mark = MARKS.find(([bytes]) => bytes.every((byte, index) => input[index] === byte))?.[1];
  const head = String.fromCharCode(...input.subarray(0, 200));
  const encoding = mark ?? charset ?? DECLARED.exec(head)?.[1] ?? 'utf-8';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new SluiceError('bpmn.encoding', { encoding, reason: 'it is not known here' });
  }
  try {
    return declareUtf8(decoder.decode(input));
  } catch {
    throw new SluiceError('bpmn.encoding', { encoding, reason: 'the bytes are not written in it' });
  }
}

/** What goes out again is UTF-8, so the declaration must not say otherwise. */
function declareUtf8(text: string): string {
  const encoding = DECLARED.exec(text)?.[1];
  if (encoding === undefined || /^utf-8$/i.test(encoding)) return text;
  return text.replace(DECLARED, (declaration) => declaration.replace(encoding, 'UTF-8'));
}
