// Bodies of messages at the edge: what comes in, and how it is shown.

import { isUtf8 } from 'node:buffer';
import { type ApiBody, type Body, SluiceError } from '@sluice/protocol';

const MAX_DEPTH = 500;

/** Text when it is UTF-8, else bytes. */
export function bodyOf(raw: Buffer | undefined): Body {
  if (!raw || raw.length === 0) return '';
  return isUtf8(raw) ? raw.toString('utf8') : new Uint8Array(raw);
}

export const isJson = (contentType: string): boolean => /^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType);

/** @throws SluiceError `run.body_invalid` when a body that claims to be JSON is not, or is nested too deep to be safe */
export function checkJson(body: Body): void {
  if (typeof body !== 'string') throw new SluiceError('run.body_invalid', { why: 'it is not UTF-8 text' });
  const depth = mayBeDeep(body) ? depthOf(body) : 0;
  if (depth > MAX_DEPTH)
    throw new SluiceError('run.body_invalid', {
      why: `it is nested ${depth} levels deep, at most ${MAX_DEPTH} are taken`,
    });
  try {
    JSON.parse(body);
  } catch (error) {
    throw new SluiceError('run.body_invalid', { why: (error as Error).message });
  }
}

/** A look that costs next to nothing: with few brackets in all there is no deep nesting. */
function mayBeDeep(text: string): boolean {
  let brackets = 0;
  for (const bracket of ['{', '['])
    for (let i = text.indexOf(bracket); i >= 0 && brackets <= MAX_DEPTH; i = text.indexOf(bracket, i + 1)) brackets++;
  return brackets > MAX_DEPTH;
}

/** Deepest nesting of brackets outside of strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 34) {
      for (i++; i < text.length && text.charCodeAt(i) !== 34; i++) if (text.charCodeAt(i) === 92) i++;
    } else if (char === 91 || char === 123) deepest = Math.max(deepest, ++depth);
    else if (char === 93 || char === 125) depth--;
  }
  return deepest;
}

export function showBody(body: Body): ApiBody {
  return typeof body === 'string' ? body : { base64: Buffer.from(body).toString('base64') };
}

/** A body as a person gave it in an edit: text, bytes, or a JSON value. */
export function editedBody(value: unknown): Body | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 1 &&
    typeof (value as { base64?: unknown }).base64 === 'string'
  )
    return bodyOf(Buffer.from((value as { base64: string }).base64, 'base64'));
  return JSON.stringify(value);
}

/** "30s", "500ms" or "2m" as milliseconds. */
export function waitOf(text: string): number {
  const ms = durationOf(text);
  if (!(ms <= 300_000)) throw new SluiceError('run.wait_invalid', { got: text });
  return ms;
}

/**
 * A time of a synchronous call, or undefined when none is given.
 * @throws SluiceError `sync.duration_invalid`
 */
export function syncDuration(name: string, text: string | undefined, mostS: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = durationOf(text);
  if (!(ms <= mostS * 1_000)) throw new SluiceError('sync.duration_invalid', { name, got: text, most: `${mostS}s` });
  return ms;
}

function durationOf(text: string): number {
  const match = /^(\d{1,6})(ms|s|m)$/.exec(text);
  return match ? Number(match[1]) * { ms: 1, s: 1_000, m: 60_000 }[match[2] as 'ms' | 's' | 'm'] : Number.NaN;
}
