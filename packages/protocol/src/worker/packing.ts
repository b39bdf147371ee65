// A packed frame: a frame of the link whose bodies follow it as the bytes they are. In JSON text every character of a body
// is looked at twice on each side, once to escape it and once to find its end, and bytes grow by a third.
//
//   [0, 4 bytes][length of the frame, 4 bytes][the frame as JSON, UTF-8][the bodies, one after the other]
//
// Where a body belongs the JSON says how many of the bytes that come next it is: `n` of text that is ASCII, `{utf8: n}` of
// other text, `{bytes: n}` of what is no text. The 0 tells it from a part of a streamed body, which has another number
// there (flow.ts).
// Each side says in its first frame that it takes packed frames; to one that does not, frames are JSON throughout.

import { shared } from '../memory.ts';
import { isKept } from '../message/body.ts';
import { Bodies, MANY_TEXTS, TextBytes } from '../text.ts';
import type { Answer, WireBody, WireOutcome } from './calls.ts';
import { readChunk } from './flow.ts';
import { frameMemory } from './frame-memory.ts';

const PACKED = 0;
const HEAD_AT = 8;

/** What stands for a body in the JSON of a packed frame. */
type Place = number | { readonly utf8: number } | { readonly bytes: number };

/** Gathers the bodies of one frame. */
export class Packer {
  readonly #bodies = new Bodies();

  /** @returns what stands for it in the frame; typed as what it stands for */
  add(body: WireBody): WireBody {
    if (!isKept(body)) return body;
    const bytes = this.#bodies.add(body);
    const isAscii = typeof body === 'string' && body.length === bytes;
    const place: Place = body instanceof Uint8Array ? { bytes } : isAscii ? bytes : { utf8: bytes };
    return place as unknown as WireBody;
  }

  /** @param frame  with the places of all bodies, in the order in which they were added */
  frame(frame: object): Uint8Array {
    const json = JSON.stringify(frame);
    const jsonBytes = Buffer.byteLength(json);
    const packed = frameMemory(HEAD_AT + jsonBytes + this.#bodies.bytes);
    packed.writeUInt32BE(PACKED, 0);
    packed.writeUInt32BE(jsonBytes, 4);
    packed.write(json, HEAD_AT);
    this.#bodies.writeTo(packed, HEAD_AT + jsonBytes);
    return packed;
  }
}

/** Is this binary frame a packed one? */
export const isPacked = (frame: Uint8Array): boolean => frame.length >= HEAD_AT && readChunk(frame)?.id === PACKED;

/**
 * A frame as it came, JSON or packed.
 * @param isUtf8  when given, texts of an answer of many items stay the bytes that they are in the frame
 * @throws Error in words, when it is neither
 */
export const readFrame = (data: Buffer, isBinary: boolean, isUtf8?: (bytes: Uint8Array) => boolean): unknown =>
  isBinary ? unpack(data, isUtf8) : JSON.parse(String(data));

/**
 * The frame with its bodies where they belong; what else is wrong with it is for others to say.
 * @param isUtf8  as for {@link readFrame}
 * @throws Error in words, when it is no sound packed frame
 */
export function unpack(packed: Uint8Array, isUtf8?: (bytes: Uint8Array) => boolean): unknown {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const headEnd = HEAD_AT + bytes.readUInt32BE(4);
  if (headEnd > bytes.length) throw new Error('a packed frame ends before its JSON does');
  const frame: unknown = JSON.parse(bytes.toString('utf8', HEAD_AT, headEnd));
  let at = headEnd;
  const taken = (length: unknown): [number, number] => {
    const start = at;
    if (!Number.isInteger(length) || (length as number) < 0 || start + (length as number) > bytes.length)
      throw new Error('a packed frame has fewer bytes of bodies than it says');
    at = start + (length as number);
    return [start, at];
  };
  /** Where all texts stand; null when they are not sound. Not known before somebody asks. */
  let texts: Buffer | null | undefined;
  const text = (encoding: 'latin1' | 'utf8', length: unknown, among: number): string | TextBytes => {
    const [start, end] = taken(length);
    // Looked at once for all of them: each is sound when no character is cut in two.
    if (isUtf8 && among >= MANY_TEXTS && !isInCharacter(bytes, start) && !isInCharacter(bytes, end)) {
      if (texts === undefined) texts = isUtf8(bytes.subarray(headEnd)) ? shared(bytes.subarray(headEnd)) : null;
      if (texts) return new TextBytes(texts, start - headEnd, end - headEnd);
    }
    return bytes.toString(encoding, start, end);
  };
  eachBody(frame, (place, among) => {
    if (typeof place === 'number') return text('latin1', place, among);
    if (typeof place !== 'object' || place === null) return place;
    if ('utf8' in place) return text('utf8', place.utf8, among);
    // A copy: what is left of the frame need not be kept for it.
    if ('bytes' in place) return new Uint8Array(bytes.subarray(...taken(place.bytes)));
    return place;
  });
  if (at !== bytes.length) throw new Error('a packed frame has more bytes of bodies than it says');
  return frame;
}

/** Answers as a packed frame. */
export function packAnswers(answers: readonly Answer[]): Uint8Array {
  const packer = new Packer();
  return packer.frame({ t: 'done', answers: answers.map((answer) => packAnswer(packer, answer)) });
}

function packAnswer(packer: Packer, answer: Answer): Answer {
  const { outcome } = answer;
  if (outcome.kind === 'forward') {
    const item = { ...outcome.item, body: packer.add(outcome.item.body) };
    return { ...answer, outcome: { ...outcome, item } };
  }
  if (outcome.kind !== 'split') return answer;
  const items = outcome.items.map((item) => ({ ...item, body: packer.add(item.body) }));
  return { ...answer, outcome: { ...outcome, items } };
}

/** Is this byte of UTF-8 one in the middle of a character? */
const isInCharacter = (bytes: Uint8Array, at: number): boolean => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;

type Holder = { body: unknown };

/**
 * Bodies of a frame in the order in which they were added; nothing is known of it yet.
 * @param replaced  is told of how many of one answer the body is
 */
function eachBody(frame: unknown, replaced: (body: unknown, among: number) => unknown): void {
  const replace = (holder: unknown, among = 1): void => {
    if (isHolder(holder)) holder.body = replaced(holder.body, among);
  };
  const { calls, answers } = (frame ?? {}) as { calls?: unknown; answers?: unknown };
  if (Array.isArray(calls)) for (const call of calls) replace(call);
  if (!Array.isArray(answers)) return;
  for (const answer of answers as (Answer | null)[]) {
    const { item, items } = (answer?.outcome ?? {}) as Partial<Extract<WireOutcome, { kind: 'forward' }>> & {
      items?: unknown;
    };
    replace(item);
    if (Array.isArray(items)) for (const one of items) replace(one, items.length);
  }
}

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null && 'body' in value;
