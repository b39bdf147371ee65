// JSONata over one message. The only place that knows the language's library.

import { createRequire } from 'node:module';
import type jsonata from 'jsonata';
import type { ExpressionInput } from '../../ports/expressions.ts';

const require = createRequire(import.meta.url);
/** Loaded for the first expression: a platform without any does not hold the 300 KB of its source. */
const program = (expression: string): ReturnType<typeof jsonata> => (require('jsonata') as typeof jsonata)(expression);

/** What is wrong with an expression, or null. Reading one never runs it. */
export function faultOf(expression: string): string | null {
  try {
    program(expression);
    return null;
  } catch (error) {
    return (error as Error).message ?? String(error);
  }
}

const compiled = new Map<string, ReturnType<typeof jsonata>>();
const MAX_COMPILED = 5_000;
/** A result is kept whole in the memory of the platform. */
const MAX_RESULT = 64 * 1024 * 1024;

/** Evaluate and reduce the result to plain JSON; undefined when nothing was selected. */
export async function evaluateJsonata(expression: string, input: ExpressionInput): Promise<unknown> {
  let ready = compiled.get(expression);
  if (!ready) {
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    ready = program(expression);
    compiled.set(expression, ready);
  }
  const result: unknown = await ready.evaluate({
    ...input.more,
    headers: input.headers,
    user: input.user,
    contentType: input.contentType,
    body: contentOf(input),
  });
  if (typeof result === 'function') throw new Error('the result is a function, a value was expected');
  if (result === undefined) return undefined;
  const text = JSON.stringify(result) as string | undefined;
  if (text === undefined) return undefined;
  if (text.length > MAX_RESULT) throw new Error(`the result is larger than ${MAX_RESULT} characters`);
  return JSON.parse(text);
}

/** Parsed when it is JSON, else text; bytes are nothing an expression can read. */
function contentOf({ body, contentType }: ExpressionInput): unknown {
  if (typeof body !== 'string') return null;
  const looksLikeJson = contentType.includes('json') || /^\s*[[{]/.test(body);
  if (!looksLikeJson) return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
