// Large bodies, outside the queue (claim check). A blob belongs to one process and goes with it.

export interface BlobStore {
  /** Resolved = on disk, synced. The same content twice gives the same name. */
  put(processId: string, body: Uint8Array | string): Promise<string>;
  /** @throws SluiceError `message.body_gone` when the file is missing or damaged */
  get(blob: string): Promise<Uint8Array | string>;
  /** Remove all blobs of the processes. */
  forget(processIds: readonly string[]): Promise<void>;
}
