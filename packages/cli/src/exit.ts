// The only place that turns an outcome of a command into an exit code.
//
//   0 fine · 1 our fault · 2 your input · 3 the environment

import { ApiError } from '@sluice/client';
import { SluiceError } from '@sluice/protocol/errors';

export const EXIT = { fine: 0, ours: 1, input: 2, environment: 3 } as const;

/** The command was used wrongly, or found something wrong in what it was given. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** All that is wrong, where there is more than one thing. */
  readonly problems: readonly unknown[];

  constructor(message: string, { problems = [], ...options }: ErrorOptions & { problems?: readonly unknown[] } = {}) {
    super(message, options);
    this.problems = problems;
  }
}

/** Something around the command is not as it must be. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return EXIT.input;
  if (error instanceof EnvironmentError) return EXIT.environment;
  if (error instanceof ApiError)
    return error.status === 0 || error.status >= 500 || error.status === 401 || error.status === 403
      ? EXIT.environment
      : EXIT.input;
  if (error instanceof SluiceError) return EXIT.environment;
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR'
    ? EXIT.input
    : code?.startsWith('E')
      ? EXIT.environment
      : EXIT.ours;
}

/** What the system says of a file, in words. */
const OF_FILES: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no "${path}" here. Nothing was changed.`,
  ENOTDIR: (path) => `"${path}" leads through something that is no folder. Nothing was changed.`,
  EACCES: (path) => `"${path}" may not be opened by you. Nothing was changed.`,
};

function wordsOf(error: unknown): string {
  const { message, code, path } = error as NodeJS.ErrnoException;
  const words = path === undefined ? undefined : OF_FILES[code ?? ''];
  return words?.(path!) ?? message ?? String(error);
}

/** An error in words: what, and the next step. */
export function explain(error: unknown): string {
  const lines = [`Error: ${wordsOf(error)}`];
  const { code, hint, problems } = error as { code?: string; hint?: string; problems?: readonly unknown[] };
  for (const problem of problems ?? [])
    lines.push(
      `  - ${typeof problem === 'string' ? problem : ((problem as { message?: string }).message ?? JSON.stringify(problem))}`,
    );
  if (hint) lines.push(hint);
  if (code) lines.push(`(${code})`);
  return lines.join('\n');
}
