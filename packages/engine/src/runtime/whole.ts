// What parts become together: order, body, headers.

import type { Body, Headers } from '@sluice/protocol';
import type { Message } from '../core/message.ts';
import type { PartRecord } from '../ports/read-model.ts';

/** By place where there are places, numbers before texts, parts without one last; equal ones in order of arrival. */
export function inOrder(parts: readonly PartRecord[]): readonly PartRecord[] {
  if (parts.every(({ place }) => place === null)) return parts;
  return [...parts].sort((a, b) => compare(placeOf(a), placeOf(b)));
}

type Place = { readonly rank: 0; readonly value: number } | { readonly rank: 1; readonly value: string } | { rank: 2 };

function placeOf({ place }: PartRecord): Place {
  if (place === null) return { rank: 2 };
  const value: unknown = JSON.parse(place);
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  if (!Number.isNaN(number)) return { rank: 0, value: number };
  return { rank: 1, value: typeof value === 'string' ? value : place };
}

function compare(a: Place, b: Place): number {
  if (a.rank === 0 && b.rank === 0) return a.value - b.value;
  if (a.rank === 1 && b.rank === 1) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  return a.rank - b.rank;
}

/** A JSON array: JSON as it is, other text as a string, bytes as base64. */
export function joinedBody(parts: readonly { readonly body: Body; readonly contentType: string }[]): string {
  return `[${parts.map(({ body, contentType }) => element(body, contentType)).join(',')}]`;
}

function element(body: Body, contentType: string): string {
  if (typeof body !== 'string') return JSON.stringify(Buffer.from(body).toString('base64'));
  if (!contentType.includes('json')) return JSON.stringify(body);
  try {
    JSON.parse(body);
    return body;
  } catch {
    return JSON.stringify(body);
  }
}

/** What all parts say alike. */
export function sharedHeaders(parts: readonly Pick<Message, 'headers'>[]): Headers {
  const [first, ...rest] = parts;
  const shared = Object.entries(first?.headers ?? {}).filter(([name, value]) =>
    rest.every(({ headers }) => headers[name] === value),
  );
  return Object.fromEntries(shared);
}
