// The order files of the shop, with what is expected to become of each.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../orders/', import.meta.url));

export interface OrderFile {
  readonly file: string;
  /** Number of the order; two files with the same one are the same order sent twice. */
  readonly order: string;
  readonly fate: 'finished' | 'trash' | 'duplicate';
  /** A word of the reason, for those that end in trash. */
  readonly reason?: string;
  /** The customer gets a confirmation. */
  readonly mails: boolean;
  readonly content: Buffer;
}

export function orderFiles(): OrderFile[] {
  const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Omit<OrderFile, 'content'>[];
  const files = new Set(readdirSync(folder));
  return expected
    .filter(({ file }) => files.has(file))
    .map((row) => ({ ...row, content: readFileSync(`${folder}${row.file}`) }));
}
