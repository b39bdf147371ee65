// How Node loads a topology's TypeScript: types are blanked out, so lines stay where they are, and the builder is ours.
//
// The stripper is the one that newer Node has inside. Taking it on every Node makes a file mean the same on all of them;
// what it cannot strip (enums, namespaces) is refused on all of them too.

import { readFileSync } from 'node:fs';
import type { LoadFnOutput, LoadHookContext, ResolveFnOutput, ResolveHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/wasm-typescript';

const BUILDER = '@sluice/topology/builder';

/** The builder that a file imports is the one this command reads with, whether or not the folder has it installed. */
export function resolve(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context?: ResolveHookContext) => ResolveFnOutput | Promise<ResolveFnOutput>,
): ResolveFnOutput | Promise<ResolveFnOutput> {
  return next(specifier, specifier === BUILDER ? { ...context, parentURL: import.meta.url } : context);
}

export function load(
  url: string,
  context: LoadHookContext,
  next: (url: string, context?: LoadHookContext) => LoadFnOutput | Promise<LoadFnOutput>,
): LoadFnOutput | Promise<LoadFnOutput> {
  if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
  const filename = fileURLToPath(url);
  let source: string;
  try {
    source = transformSync(readFileSync(filename, 'utf8'), { mode: 'strip-only', filename }).code;
  } catch (error) {
    throw asSyntaxError(error, filename);
  }
  return { format: 'module', source, shortCircuit: true };
}

/** What the stripper throws is data: what, and where. */
function asSyntaxError(error: unknown, filename: string): unknown {
  const { code, message, snippet, startLine } = error as Record<'code' | 'message' | 'snippet', string> & {
    startLine?: number;
  };
  if (code !== 'InvalidSyntax' && code !== 'UnsupportedSyntax') return error;
  return new SyntaxError(`${filename}:${startLine ?? '?'}: ${message}\n${snippet ?? ''}`.trimEnd());
}
