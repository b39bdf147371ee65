// Small records of the platform: topologies, workers, tokens, schedules. Few, and rarely written.

export interface RecordStore {
  get<T>(collection: string, key: string): Promise<T | null>;
  /** In the order of keys. */
  list<T>(collection: string, prefix?: string): Promise<readonly { readonly key: string; readonly value: T }[]>;
  /** All or nothing, durable when resolved. `null` removes. */
  write(
    changes: readonly { readonly collection: string; readonly key: string; readonly value: unknown | null }[],
  ): Promise<void>;
}
