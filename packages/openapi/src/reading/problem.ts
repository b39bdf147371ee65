// What is wrong with a document, and where.

export interface Problem {
  /** JSON pointer into the document; empty for the whole of it. */
  readonly pointer: string;
  readonly message: string;
}

/** A member of what a pointer points to. */
export const below = (pointer: string, ...members: readonly (string | number)[]): string =>
  [pointer, ...members.map((member) => String(member).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
