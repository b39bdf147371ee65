// Paths with values in them. A value is one segment: it cannot leave its place, whatever a message says.

import { excerpt } from '@sluice/protocol';
import { Fail } from '../step/errors.ts';

/**
 * ``path`/orders/${id}/lines` ``: values are escaped.
 * @throws Fail `step.input_invalid` for a value that is empty, or that an address would read as "this" or "the one above"
 */
export function path(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.reduce((whole, text, at) => `${whole}${segment(values[at - 1])}${text}`);
}

/** One value as one segment; see `path`. */
export function segment(value: string | number | undefined): string {
  const text = String(value ?? '');
  if (/^(\.{0,2})$/.test(text) || /\p{Surrogate}/u.test(text))
    throw new Fail(`A value for a part of a path was expected, got "${excerpt(text)}".`, {
      code: 'step.input_invalid',
    });
  return encodeURIComponent(text);
}
