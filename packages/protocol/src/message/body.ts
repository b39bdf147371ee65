// A body is text or bytes, and never changes on the way.
//
// Text that is valid UTF-8 is kept as a string, because every hop needs it as one; anything else is kept as bytes.
// On a JSON wire (link, http) bytes travel as base64 and say so in a header, so no content is ever damaged.

import { type KeptBody, TextBytes } from '../text.ts';

export { bodyBytes, type KeptBody } from '../text.ts';

/** What a message carries. Text stays text; what is not UTF-8 stays bytes. */
export type Body = string | Uint8Array;

/** Header that marks a base64 body of a call on a JSON wire. Never stored with the message. */
export const BODY_ENCODING_HEADER = 'sluice-body-encoding';

/** The same of an answer. A name of its own, because existing workers echo what they got beside a body they changed. */
export const RESULT_ENCODING_HEADER = 'sluice-result-encoding';

export const isKept = (value: unknown): value is KeptBody =>
  typeof value === 'string' || value instanceof TextBytes || value instanceof Uint8Array;

/** For those who look into it. */
export const plainBody = (body: KeptBody): Body => (body instanceof TextBytes ? body.toString() : body);

/** The body as text for a JSON wire, and whether it had to be base64. */
export function encodeBody(body: Body): { text: string; base64: boolean } {
  if (typeof body === 'string') return { text: body, base64: false };
  return { text: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'), base64: true };
}

/** Undo {@link encodeBody}. */
export function decodeBody(text: string, base64: boolean): Body {
  return base64 ? new Uint8Array(Buffer.from(text, 'base64')) : text;
}
