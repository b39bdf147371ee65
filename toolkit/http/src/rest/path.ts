// The path of a request: a template whose values are escaped, so none of them leaves its place.

import { path as escaped, Fail, schema } from '@sluice/sdk';

export interface Place {
  readonly path: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const placeFields = {
  path: schema.text('Path below the address, such as /orders/{id}', { maxLength: 4_000 }),
  values: schema.map('Values of the {parts} of the path', { additionalProperties: { type: ['string', 'number'] } }),
  query: schema.map('Parameters of the query', { additionalProperties: { type: ['string', 'number', 'boolean'] } }),
  headers: schema.map('Headers', { additionalProperties: { type: 'string', pattern: '^[^\\r\\n]*$' } }),
};

/** @throws Fail `step.input_invalid` for parts without a value, and for paths that lead elsewhere */
export function pathOf({ path, values = {} }: Place): string {
  const filled = path.replace(/\{([^{}]*)\}/g, (_part, name: string) => {
    if (!Object.hasOwn(values, name)) throw invalid(`The path needs a value for "${name.slice(0, 100)}".`);
    return escaped`${values[name]!}`;
  });
  const isElsewhere =
    filled.split(/[/\\]/).some((part) => /^(\.|%2e){1,2}$/i.test(part)) || /[?#\\\s]|^\/\//.test(filled);
  if (isElsewhere) throw invalid(`A path without "..", "?" and "#" was expected, got "${filled.slice(0, 200)}".`);
  return filled;
}

const invalid = (reason: string): Fail => new Fail(reason, { code: 'step.input_invalid' });
