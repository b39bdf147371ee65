// A copy of everything, as one stream.

import type { Http } from '../http/http.ts';

export interface Backup {
  /** How much there is to come. */
  readonly bytes: number;
  /** What the platform would call the file. */
  readonly name: string;
  readonly body: ReadableStream<Uint8Array>;
}

export async function backupOf(http: Http): Promise<Backup> {
  const { headers, body } = await http.open('POST', '/api/v1/backup');
  const [, name = 'sluice.backup'] = /filename="([\w.-]+)"/.exec(headers.get('content-disposition') ?? '') ?? [];
  return { bytes: Number(headers.get('content-length')), name, body };
}
