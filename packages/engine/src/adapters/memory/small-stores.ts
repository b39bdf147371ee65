// Permits, records and blobs in memory.

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { SluiceError } from '@sluice/protocol';
import type { BlobStore } from '../../ports/blob-store.ts';
import type { LimitStore } from '../../ports/limit-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { MemoryDisk } from './disk.ts';

export const memoryLimits = (disk: MemoryDisk): LimitStore => ({
  async record(grants) {
    disk.permits.push(...grants);
  },
  since: async (key, at) => disk.permits.filter((permit) => permit.key === key && permit.at >= at),
});

export const memoryRecords = (disk: MemoryDisk): RecordStore => ({
  async get<T>(collection: string, key: string) {
    const text = disk.records.get(collection)?.get(key);
    return text === undefined ? null : (JSON.parse(text) as T);
  },
  async list<T>(collection: string, prefix = '') {
    const rows = [...(disk.records.get(collection) ?? [])].filter(([key]) => key.startsWith(prefix));
    rows.sort(([a], [b]) => (a < b ? -1 : 1));
    return rows.map(([key, text]) => ({ key, value: JSON.parse(text) as T }));
  },
  async write(changes) {
    for (const { collection, key, expected } of changes) {
      const text = disk.records.get(collection)?.get(key);
      if (expected !== undefined && !isDeepStrictEqual(text === undefined ? null : JSON.parse(text), plain(expected)))
        throw new SluiceError('record.conflict', { collection, key });
    }
    const texts = changes.map(({ value }) => (value === null ? null : JSON.stringify(value)));
    for (const [index, { collection, key }] of changes.entries()) {
      const rows = disk.records.get(collection) ?? new Map<string, string>();
      disk.records.set(collection, rows);
      const text = texts[index]!;
      if (text === null) rows.delete(key);
      else rows.set(key, text);
    }
  },
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

export const memoryBlobs = (disk: MemoryDisk): BlobStore => ({
  async put(processId, body) {
    const blob = `${processId}/${createHash('sha256').update(body).digest('hex')}`;
    disk.blobs.set(blob, body);
    return blob;
  },
  async get(blob) {
    const body = disk.blobs.get(blob);
    if (body === undefined) throw new SluiceError('message.body_gone', { id: blob.split('/')[0] ?? '', blob });
    return body;
  },
  async forget(processIds) {
    for (const blob of disk.blobs.keys()) if (processIds.includes(blob.split('/')[0]!)) disk.blobs.delete(blob);
  },
});
