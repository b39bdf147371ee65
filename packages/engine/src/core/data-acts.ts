// What can be asked of the data of connectors, checked, as plain data: adapters work on it, send it between threads and
// keep it in logs. Values travel beside it as JSON text.

import { checkCount, checkFinite, checkInteger, checkName, MAX_LEASE_MS, MAX_PAGE } from './data.ts';

/** Conditions of a change; `expected` is left out when anything may be there. */
interface Conditions {
  readonly expected?: number | null;
  readonly lease: { readonly key: string; readonly fence: number } | null;
}

interface At {
  readonly space: string;
  readonly key: string;
  readonly now: number;
}

interface In {
  readonly space: string;
  readonly collection: string;
  readonly now: number;
}

export type SetAct = { readonly do: 'set'; readonly expiresAt: number | null } & At & Conditions;
export type DeleteAct = { readonly do: 'delete' } & At & Conditions;
export type IncrementAct = { readonly do: 'increment'; readonly by: number; readonly expiresAt: number | null } & At;
/** `expiresAt` is left out when the collection keeps what it has. */
export type AppendAct = { readonly do: 'append'; readonly expiresAt?: number | null } & In;
export type RemoveAct = { readonly do: 'remove'; readonly positions: readonly number[] } & In;
export type DropAct = { readonly do: 'drop' } & In;
export type AcquireAct = { readonly do: 'acquire'; readonly holder: string; readonly until: number } & At;
export type RenewAct = { readonly do: 'renew'; readonly fence: number; readonly until: number } & At;
export type ReleaseAct = {
  readonly do: 'release';
  readonly space: string;
  readonly key: string;
  readonly fence: number;
};
export type SweepAct = { readonly do: 'sweep'; readonly now: number; readonly max: number };

export type DataAct =
  | SetAct
  | DeleteAct
  | IncrementAct
  | AppendAct
  | RemoveAct
  | DropAct
  | AcquireAct
  | RenewAct
  | ReleaseAct
  | SweepAct;

interface Options {
  readonly expiresAt?: number | null;
  readonly expected?: number | null;
  readonly lease?: { readonly key: string; readonly fence: number };
}

/** A place that was checked: of an entry or a lease, at an instant. */
export function atKey(space: string, key: string, now: number): At {
  checkName('space', space);
  checkName('key', key);
  checkInteger('instant', now);
  return { space, key, now };
}

/** A place that was checked: of a collection, at an instant. */
export function inCollection(space: string, collection: string, now: number): In {
  checkName('space', space);
  checkName('collection', collection);
  checkInteger('instant', now);
  return { space, collection, now };
}

function expiryOf({ expiresAt }: Options): number | null | undefined {
  if (expiresAt !== undefined && expiresAt !== null) checkInteger('expiresAt', expiresAt);
  return expiresAt;
}

function conditionsOf({ expected, lease }: Options): Conditions {
  if (expected !== undefined && expected !== null) checkInteger('expected revision', expected);
  if (lease) {
    checkName('key', lease.key);
    checkInteger('fence', lease.fence);
  }
  return {
    ...(expected === undefined ? {} : { expected }),
    lease: lease ? { key: lease.key, fence: lease.fence } : null,
  };
}

export const setAct = (space: string, key: string, now: number, options: Options): SetAct => ({
  do: 'set',
  ...atKey(space, key, now),
  ...conditionsOf(options),
  expiresAt: expiryOf(options) ?? null,
});

export const deleteAct = (space: string, key: string, now: number, options: Options): DeleteAct => ({
  do: 'delete',
  ...atKey(space, key, now),
  ...conditionsOf(options),
});

export function incrementAct(space: string, key: string, by: number, now: number, options: Options): IncrementAct {
  checkFinite('increment', by);
  return { do: 'increment', ...atKey(space, key, now), by, expiresAt: expiryOf(options) ?? null };
}

export function appendAct(space: string, collection: string, now: number, options: Options): AppendAct {
  const expiresAt = expiryOf(options);
  return { do: 'append', ...inCollection(space, collection, now), ...(expiresAt === undefined ? {} : { expiresAt }) };
}

export function removeAct(space: string, collection: string, positions: readonly number[], now: number): RemoveAct {
  checkCount('positions', positions.length);
  for (const position of positions) checkInteger('position', position);
  return { do: 'remove', ...inCollection(space, collection, now), positions };
}

export const dropAct = (space: string, collection: string, now: number): DropAct => ({
  do: 'drop',
  ...inCollection(space, collection, now),
});

export function acquireAct(space: string, key: string, holder: string, ttlMs: number, now: number): AcquireAct {
  checkName('holder', holder);
  checkInteger('ttlMs', ttlMs, 1, MAX_LEASE_MS);
  return { do: 'acquire', ...atKey(space, key, now), holder, until: now + ttlMs };
}

export function renewAct(space: string, key: string, fence: number, ttlMs: number, now: number): RenewAct {
  checkInteger('fence', fence);
  checkInteger('ttlMs', ttlMs, 1, MAX_LEASE_MS);
  return { do: 'renew', ...atKey(space, key, now), fence, until: now + ttlMs };
}

export function releaseAct(space: string, key: string, fence: number): ReleaseAct {
  checkName('space', space);
  checkName('key', key);
  checkInteger('fence', fence);
  return { do: 'release', space, key, fence };
}

export function sweepAct(now: number, max: number): SweepAct {
  checkInteger('instant', now);
  checkInteger('max', max, 1);
  return { do: 'sweep', now, max };
}

/** A page of entries that was checked. */
export interface EntriesQuery {
  readonly space: string;
  readonly now: number;
  readonly prefix: string;
  readonly after: string | null;
  readonly limit: number;
}

export function entriesQuery(
  space: string,
  now: number,
  { prefix = '', after = null, limit }: { prefix?: string; after?: string | null; limit: number },
): EntriesQuery {
  checkName('space', space);
  checkInteger('instant', now);
  checkName('prefix', prefix);
  if (after !== null) checkName('key', after);
  checkInteger('limit', limit, 1, MAX_PAGE);
  return { space, now, prefix, after, limit };
}

/** A page of items that was checked. */
export type ItemsQuery = In & { readonly after: number; readonly limit: number };

export function itemsQuery(
  space: string,
  collection: string,
  now: number,
  { after, limit }: { after?: number | null; limit: number },
): ItemsQuery {
  if (after != null) checkInteger('position', after);
  checkInteger('limit', limit, 1, MAX_PAGE);
  return { ...inCollection(space, collection, now), after: after ?? 0, limit };
}
