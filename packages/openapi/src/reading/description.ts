// A document that says it is OpenAPI 3.0 or 3.1, or Swagger 2.0, which is read as 3.0.

import { isObject, type Problem } from './problem.ts';
import { fromSwagger } from './swagger.ts';
import { parseText } from './text.ts';

const NO_PATHS = 'is missing: there is nothing to be called';

export interface Described {
  readonly dialect: '3.0' | '3.1';
  readonly document: Readonly<Record<string, unknown>>;
}

/** @param text  JSON or YAML */
export function readDescription(
  text: string,
): { readonly ok: true; readonly described: Described } | { readonly ok: false; readonly problems: Problem[] } {
  const parsed = parseText(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const refuse = (pointer: string, message: string) => ({ ok: false as const, problems: [{ pointer, message }] });
  if (!isObject(value)) return refuse('', 'is no object');
  if (value['swagger'] !== undefined) {
    if (String(value['swagger']) !== '2.0')
      return refuse('/swagger', `is ${JSON.stringify(value['swagger']).slice(0, 50)}; of Swagger, 2.0 is read`);
    return isObject(value['paths'])
      ? { ok: true, described: { dialect: '3.0', document: fromSwagger(value) } }
      : refuse('/paths', NO_PATHS);
  }
  const version = /^3\.([01])\.\d+/.exec(String(value['openapi'] ?? ''))?.[1];
  if (version === undefined)
    return refuse(
      '/openapi',
      `is ${JSON.stringify(value['openapi'] ?? null).slice(0, 50)}; OpenAPI 3.0 and 3.1 are read, and Swagger 2.0`,
    );
  if (!isObject(value['paths'])) return refuse('/paths', NO_PATHS);
  return { ok: true, described: { dialect: `3.${version as '0' | '1'}`, document: value } };
}
