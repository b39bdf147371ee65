// What became of a request to a provider that gave no token.

/**
 * - `refused`: the provider said no; `code` is what it called that
 * - `unavailable`: something answered, but not with a decision; asking again later may help
 * - `unsent`: the request never left
 * - `lost`: it may have arrived, and no whole answer came
 */
export type FailureKind = 'refused' | 'unavailable' | 'unsent' | 'lost';

export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly kind: FailureKind;
  readonly code: string;
  /** When the provider wants to be asked again. */
  readonly retryAfterMs: number | null;

  /** @param message  in words, without secrets */
  constructor(
    kind: FailureKind,
    message: string,
    { code = kind, retryAfterMs = null, cause }: { code?: string; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
