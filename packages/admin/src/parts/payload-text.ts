// Texts of payloads.

import type { ApiBody } from '@sluice/protocol';

export type Language = 'json' | 'xml' | 'text';

export const textOf = (body: ApiBody): string => (typeof body === 'string' ? body : body.base64);

/** By what the message says of itself, else by how it begins. */
export function languageOf(contentType: string, text: string): Language {
  if (/\bjson\b/i.test(contentType)) return 'json';
  if (/\bxml\b/i.test(contentType)) return 'xml';
  const first = text.trimStart()[0];
  return first === '{' || first === '[' ? 'json' : first === '<' ? 'xml' : 'text';
}

/** Laid out on lines where that changes nothing of what it says; otherwise as it is. */
export function layOut(text: string, language: Language): string {
  if (language !== 'json') return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Why a text that should be JSON is not, or null. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
