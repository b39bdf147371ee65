// Which applications the store shows: by words, category, what they can do, how they prove who asks, and their installs.

import type { ApplicationView, InstallView } from '@sluice/protocol';
import type { Search } from '../../frame/search.ts';
import { authKind } from './auth-words.ts';
import { categoryLabel, type OfferedAction, readinessOf } from './offer.ts';

export interface StoreAddress extends Search {
  readonly find?: string | undefined;
  readonly show?: string | undefined;
  readonly category?: string | undefined;
  readonly can?: string | undefined;
  readonly auth?: string | undefined;
}

/** An application with all that is known of it here. */
export interface Offer {
  readonly application: ApplicationView;
  readonly installs: readonly InstallView[];
  readonly actions: readonly OfferedAction[];
}

export const CAPABILITIES = [
  { value: 'connectors', label: 'Connectors', has: ({ actions }) => actions.some(({ kind }) => kind === 'connector') },
  { value: 'batches', label: 'Batches', has: ({ actions }) => actions.some(({ kind }) => kind === 'batch') },
  { value: 'webhooks', label: 'Webhooks', has: ({ application }) => application.webhooks.length > 0 },
  { value: 'methods', label: 'Methods', has: ({ application }) => application.methods.length > 0 },
  { value: 'test', label: 'Test of the connection', has: ({ application }) => application.testable },
] as const satisfies readonly { value: string; label: string; has: (offer: Offer) => boolean }[];

/** How many there are of each, the most frequent first. */
export function countsOf(values: readonly string[]): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, of], [b, other]) => other - of || a.localeCompare(b));
}

export function matches(offer: Offer, address: StoreAddress): boolean {
  const { application, installs } = offer;
  const { find = '', show, category, can, auth } = address;
  const { key, name, description = '', categories } = application;
  const words = [key, name, description, ...categories.map(categoryLabel)].join(' ').toLowerCase();
  if (
    !find
      .toLowerCase()
      .trim()
      .split(/\s+/)
      .every((word) => words.includes(word))
  )
    return false;
  if (category !== undefined && !categories.includes(category)) return false;
  if (auth !== undefined && authKind(application) !== auth) return false;
  const wanted = can?.split(',') ?? [];
  if (CAPABILITIES.some(({ value, has }) => wanted.includes(value) && !has(offer))) return false;
  if (show === 'installed') return installs.length > 0;
  if (show === 'attention') return installs.some((install) => !['ready', 'off'].includes(readinessOf(install)));
  return true;
}
