// Contents that are no JSON by themselves (messages of brokers, files, mails) in a message that is: as JSON where they are
// JSON, as text where they are text, else as base64.

import type { Json } from '@sluice/protocol';
import { Fail } from './errors.ts';
import { schema } from './json-schema.ts';

export type Encoding = 'json' | 'text' | 'base64';

export interface Content {
  readonly content: Json;
  readonly encoding: Encoding;
}

/** Of a step that takes a content. */
export const contentFields = {
  content: { description: 'The content: any JSON, a text, or bytes as base64' },
  encoding: schema.choice(
    ['json', 'text', 'base64'],
    'How the content is meant; default: a text as it is, all else as JSON',
  ),
};

/** Of a step that gives one. */
export const contentOutput = { content: {}, encoding: schema.choice(['json', 'text', 'base64']) };

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}(?:==)?|[A-Za-z\d+/]{3}=?)?$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws Fail `step.input_invalid` for base64 that is none */
export function encodeContent({
  content,
  encoding,
}: {
  readonly content?: Json;
  readonly encoding?: Encoding;
}): Buffer {
  const how = encoding ?? (typeof content === 'string' ? 'text' : 'json');
  if (how === 'json') return Buffer.from(JSON.stringify(content ?? null));
  if (typeof content !== 'string')
    throw new Fail(`A content as ${how} was expected to be a text.`, { code: 'step.input_invalid' });
  if (how === 'text') return Buffer.from(content);
  if (!BASE64.test(content.replace(/\s+/g, '')))
    throw new Fail('The content was expected to be base64.', { code: 'step.input_invalid' });
  return Buffer.from(content, 'base64');
}

/** @param contentType  JSON is looked for where this says so, or says nothing */
export function decodeContent(bytes: Uint8Array, contentType = ''): Content {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { content: Buffer.from(bytes).toString('base64'), encoding: 'base64' };
  }
  if (contentType === '' || /[/+]json\b/i.test(contentType))
    try {
      return { content: JSON.parse(text) as Json, encoding: 'json' };
    } catch {
      // A text that is no JSON is a text.
    }
  return { content: text, encoding: 'text' };
}
