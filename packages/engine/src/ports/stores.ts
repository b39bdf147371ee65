// All that an engine keeps, opened and closed as one.

import type { AuditStore } from './audit-store.ts';
import type { BlobStore } from './blob-store.ts';
import type { DataStore } from './data-store.ts';
import type { LimitStore } from './limit-store.ts';
import type { MessageStore } from './message-store.ts';
import type { ReadModel } from './read-model.ts';
import type { RecordStore } from './record-store.ts';

export interface BackupMade {
  readonly bytes: number;
  readonly madeAt: number;
  /** Large bodies in it, and such as retention removed meanwhile. */
  readonly blobs: number;
  readonly missing: number;
}

export interface Stores {
  readonly messages: MessageStore;
  readonly reads: ReadModel;
  readonly limits: LimitStore;
  readonly records: RecordStore;
  readonly data: DataStore;
  readonly blobs: BlobStore;
  readonly audit: AuditStore;
  /** Why writing does not work at the moment, or null (readiness). */
  trouble(): string | null;
  /** Copy everything that was acknowledged into a file that is not there yet, while all goes on. */
  backup?(file: string): Promise<BackupMade>;
  close(): Promise<void>;
}
