// Any text as text that XML carries unharmed through any tool.
//
// Most text goes as it is. What XML forbids, normalises or trims is written as a JSON string, which begins with a quote.

import { FORBIDDEN } from './escape.ts';

/** Whether an element may carry it as its text: nothing forbidden, nothing that gets trimmed or normalised. */
export const isPlain = (text: string): boolean =>
  text !== '' && text === text.trim() && !text.includes('\r') && !FORBIDDEN.test(text);

/** JSON with nothing in it that XML forbids. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** For an attribute of ours. */
export const guard = (text: string): string => (isPlain(text) && !/^"|[\n\t]/.test(text) ? text : toJson(text));

/** @throws SyntaxError when it begins as JSON and is none */
export const unguard = (text: string): string => (text.startsWith('"') ? String(JSON.parse(text)) : text);
