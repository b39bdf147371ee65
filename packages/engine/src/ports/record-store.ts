// Small records of the platform: topologies, workers, tokens, schedules. Few, and rarely written.

export interface RecordChange {
  readonly collection: string;
  readonly key: string;
  /** `null` removes. */
  readonly value: unknown | null;
  /** JSON value that must be there before, in whatever order of members; `null`: nothing may be there. Left out: anything. */
  readonly expected?: unknown | null;
}

export interface RecordStore {
  get<T>(collection: string, key: string): Promise<T | null>;
  /** In the order of keys. */
  list<T>(collection: string, prefix?: string): Promise<readonly { readonly key: string; readonly value: T }[]>;
  /**
   * All or nothing, durable when resolved. What is expected is compared with what was there before the first change.
   * @throws SluiceError `record.conflict` naming the first record that is not as expected; nothing is written then
   */
  write(changes: readonly RecordChange[]): Promise<void>;
}
