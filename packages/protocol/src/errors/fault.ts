// The form of a row in the tables of failures.

export interface Fault<D> {
  /** HTTP status of an answer with this fault. */
  readonly status: number;
  readonly say: (details: D) => string;
  readonly hint: string;
}

export const fault = <D = Record<never, never>>(
  status: number,
  say: (details: D) => string,
  hint: string,
): Fault<D> => ({ status, say, hint });
