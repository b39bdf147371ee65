// Exchanges as they are written down: what a connector asks for an input, what is answered, and what it makes of it. Played by
// `@sluice/testing/exchanges`.

export interface Exchange {
  /** Name of the operation. */
  readonly operation: string;
  readonly input: unknown;
  /** One; of a list, one for each page. */
  readonly calls: readonly RecordedCall[];
}

export interface RecordedCall {
  readonly cursor?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  } & Content;
  readonly answer: { readonly status: number; readonly headers: Readonly<Record<string, string>> } & Content;
  readonly outcome: RecordedOutcome;
}

/** Nothing, JSON, a text, or bytes. */
export interface Content {
  readonly json?: unknown;
  readonly text?: string;
  readonly base64?: string;
}

/** What it gives is left out where that is just what was answered. */
export type RecordedOutcome =
  | ({ readonly kind: 'forward'; readonly same?: 'answer' | 'input' } & Content)
  | { readonly kind: 'split'; readonly items: number; readonly cursor?: string };
