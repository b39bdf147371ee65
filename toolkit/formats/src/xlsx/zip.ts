// Members of a ZIP archive, none of them larger than it says, and all of them together bounded: an archive of a few bytes
// may claim to hold gigabytes.

import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
const MAX_ENTRIES = 10_000;

export interface ZipOptions {
  /** Bytes of all members that are read. */
  readonly maxBytes: number;
}

/** @throws Error in words */
export function readZip(
  bytes: Buffer,
  wanted: (name: string) => boolean,
  { maxBytes }: ZipOptions,
): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) throw new Error('it is no ZIP archive');
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw new Error(`it has more than ${MAX_ENTRIES} members`);
  let at = bytes.readUInt32LE(end + 16);
  let left = maxBytes;
  const members = new Map<string, Buffer>();
  for (let number = 0; number < count; number++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new Error('its directory is damaged');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (wanted(name)) {
      const member = memberOf(bytes, at, left);
      left -= member.length;
      members.set(name, member);
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return members;
}

function memberOf(bytes: Buffer, entry: number, maxBytes: number): Buffer {
  const method = bytes.readUInt16LE(entry + 10);
  const packed = bytes.readUInt32LE(entry + 20);
  const size = bytes.readUInt32LE(entry + 24);
  const local = bytes.readUInt32LE(entry + 42);
  if (size > maxBytes) throw new Error('it holds more than may be read');
  if (local + 30 > bytes.length) throw new Error('its directory is damaged');
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + packed);
  if (method === STORED) return data;
  if (method !== DEFLATED) throw new Error('it is packed in a way that is not read');
  return inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
}
