// The language of conditions, keys and mappings: data, side-effect free, bounded in time and size (B15).

import type { Body, Headers } from '@sluice/protocol';

/** What an expression sees. `body` is parsed when it is JSON, else it is text (or null for bytes). */
export interface ExpressionInput {
  readonly headers: Headers;
  readonly user: string;
  readonly contentType: string;
  readonly body: Body;
  /** Further members, by name; the four above come before them. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface Expressions {
  /** What is wrong with an expression, or null. */
  fault(expression: string): string | null;
  /**
   * @returns a JSON value; undefined when the expression selects nothing
   * @throws SluiceError `expression.failed` or `expression.too_slow`
   */
  evaluate(expression: string, input: ExpressionInput): Promise<unknown>;
  close(): Promise<void>;
}
