// What an http worker can do, from its three lists (the existing wire has no manifest).

import { excerpt, type Manifest, type StepKind } from '@sluice/protocol';

const LISTS: readonly (readonly [StepKind, string])[] = [
  ['connector', '/connector/list'],
  ['batch', '/batch/list'],
  ['custom', '/custom-node/list'],
];
const TIMEOUT_MS = 5_000;
const MAX_CHARACTERS = 5_000_000;

/** @throws Error in words, when the worker cannot be reached or answers something else */
export async function readManifest(url: string, headers: Readonly<Record<string, string>>): Promise<Manifest> {
  const lists = await Promise.all(
    LISTS.map(async ([kind, path]) => ({ kind, entries: await readList(`${url.replace(/\/$/, '')}${path}`, headers) })),
  );
  return {
    sdk: { name: 'http', version: '' },
    actions: lists.flatMap(({ kind, entries }) =>
      entries.map(({ name, app }) => ({ name, kind, ...(typeof app === 'string' && app ? { application: app } : {}) })),
    ),
    applications: [],
  };
}

async function readList(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ name: string; app?: unknown }[]> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    status = response.status;
    text = (await response.text()).slice(0, MAX_CHARACTERS);
  } catch (error) {
    const cause = (error as Error).cause as Error | undefined;
    throw new Error(`${url} cannot be reached: ${cause?.message || (error as Error).message}`);
  }
  if (status !== 200) throw new Error(`${url} answered ${status}: ${excerpt(text)}`);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Error(`${url} answered no JSON: ${excerpt(text)}`);
  }
  if (!Array.isArray(list)) throw new Error(`${url} answered no list: ${excerpt(text)}`);
  return list.filter(
    (entry): entry is { name: string; app?: unknown } => typeof entry?.name === 'string' && entry.name !== '',
  );
}
