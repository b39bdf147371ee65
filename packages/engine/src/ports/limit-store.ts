// Memory of permits (L1): granted permits survive a restart, so a new process never starts with a fresh window.

export interface StoredPermit {
  readonly key: string;
  readonly at: number;
}

export interface LimitStore {
  /** Resolved = the grants are on disk. Grants older than `keepMs` may be forgotten. */
  record(grants: readonly StoredPermit[], keepMs: number): Promise<void>;
  /** Grants of a key since an instant, oldest first; asked once per key after a start. */
  since(key: string, at: number): Promise<readonly StoredPermit[]>;
}
