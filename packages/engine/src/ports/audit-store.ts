// Who changed what. Rows are added and in the end forgotten, never changed; there may be many, so they are read in pages.

export interface AuditEntry {
  readonly at: number;
  readonly who: { readonly kind: 'account' | 'token' | 'nobody'; readonly id: string; readonly name: string };
  readonly address: string;
  readonly act: string;
  readonly object: string;
  /** JSON values; null where there is nothing to show. */
  readonly before: unknown;
  readonly after: unknown;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly status: number;
  readonly code: string | null;
}

export interface AuditRow extends AuditEntry {
  /** Grows with every row, and comes never twice. */
  readonly seq: number;
}

export interface AuditFilter {
  readonly who?: string | undefined;
  readonly act?: string | undefined;
  /** With a trailing `/`: all that begin so. */
  readonly object?: string | undefined;
  readonly outcome?: AuditEntry['outcome'] | undefined;
  /** From this instant on. */
  readonly from?: number | undefined;
  /** Before this instant. */
  readonly to?: number | undefined;
}

export interface AuditStore {
  /** Durable when resolved. */
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. @param below  only rows with a smaller number */
  list(filter: AuditFilter, limit: number, below?: number): Promise<readonly AuditRow[]>;
  /**
   * Forget the oldest: what is older than an instant, and what is more than so many.
   * @param max  rows at once
   * @returns how many were forgotten; less than `max`: that was all
   */
  forget(rule: { readonly before: number; readonly keep: number }, max: number): Promise<number>;
}
