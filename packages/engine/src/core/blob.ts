// Names of blobs: the process that one belongs to, and the digest of its content.

const NAME = /^([\w-]{1,100})\/([0-9a-f]{64})$/;

/** Where it is kept, in steps of folders; null when it is no name of a blob. */
export function placeOfBlob(blob: string): readonly [shard: string, processId: string, digest: string] | null {
  const [, processId, digest] = NAME.exec(blob) ?? [];
  return processId === undefined || digest === undefined ? null : [processId.slice(-2), processId, digest];
}
