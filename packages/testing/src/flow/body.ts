// Bodies as a test writes and reads them.

import type { Body } from '@sluice/protocol';

export type { Body } from '@sluice/protocol';

/** Text and bytes as they are, everything else as JSON. */
export function encodeBodyOf(value: unknown): { body: Body; contentType: string } {
  if (typeof value === 'string') return { body: value, contentType: 'text/plain' };
  if (value instanceof Uint8Array) return { body: value, contentType: 'application/octet-stream' };
  return { body: JSON.stringify(value) ?? '{}', contentType: 'application/json' };
}

export function decodeText(body: Body): string {
  return typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
}
