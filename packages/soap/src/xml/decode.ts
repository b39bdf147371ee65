// Bytes to text: byte order mark first, then what the transport says, then the XML declaration, then UTF-8.

const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * @param charset  that of the content type
 * @throws Error when the bytes are not of that encoding, or it is not known
 */
export function decodeXml(bytes: Uint8Array, charset?: string): string {
  const mark = MARKS.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(head)?.[1];
  const encoding = mark ?? charset ?? declared ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${bytes.byteLength} bytes that are no text in ${encoding}`, { cause });
  }
}
