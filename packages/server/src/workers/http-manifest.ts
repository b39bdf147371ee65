// What an http worker can do: from its manifest, or from the three lists of the existing wire, which has no manifest.

import { CALLS_PATH, excerpt, type Manifest, ManifestSchema, type StepKind } from '@sluice/protocol';

const LISTS: readonly (readonly [StepKind, string])[] = [
  ['connector', '/connector/list'],
  ['batch', '/batch/list'],
  ['custom', '/custom-node/list'],
];
const TIMEOUT_MS = 5_000;
const MAX_CHARACTERS = 5_000_000;

export interface HttpManifest {
  readonly manifest: Manifest;
  /** The worker takes many calls in one request. */
  readonly takesBatches: boolean;
}

/** @throws Error in words, when the worker cannot be reached or answers something else */
export async function readManifest(url: string, headers: Readonly<Record<string, string>>): Promise<HttpManifest> {
  const base = url.replace(/\/$/, '');
  const whole = await readJson(base + CALLS_PATH, headers, (status) => status !== 200);
  const parsed = ManifestSchema.safeParse(whole);
  if (parsed.success) return { manifest: parsed.data, takesBatches: true };
  const lists = await Promise.all(
    LISTS.map(async ([kind, path]) => ({ kind, entries: await readList(base + path, headers) })),
  );
  const actions = lists.flatMap(({ kind, entries }) =>
    entries.map(({ name, app }) => ({ name, kind, ...(typeof app === 'string' && app ? { application: app } : {}) })),
  );
  return { manifest: { sdk: { name: 'http', version: '' }, actions, applications: [] }, takesBatches: false };
}

async function readList(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ name: string; app?: unknown }[]> {
  const list = await readJson(url, headers);
  if (!Array.isArray(list)) throw new Error(`${url} answered no list: ${excerpt(JSON.stringify(list))}`);
  return list.filter(
    (entry): entry is { name: string; app?: unknown } => typeof entry?.name === 'string' && entry.name !== '',
  );
}

/**
 * @param isAbsent  answers with such a status mean that there is nothing of the kind: null
 * @throws Error in words
 */
async function readJson(
  url: string,
  headers: Readonly<Record<string, string>>,
  isAbsent: (status: number) => boolean = () => false,
): Promise<unknown> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    status = response.status;
    text = (await response.text()).slice(0, MAX_CHARACTERS);
  } catch (error) {
    const cause = (error as Error).cause as Error | undefined;
    throw new Error(`${url} cannot be reached: ${cause?.message || (error as Error).message}`);
  }
  if (isAbsent(status)) return null;
  if (status !== 200) throw new Error(`${url} answered ${status}: ${excerpt(text)}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${url} answered no JSON: ${excerpt(text)}`);
  }
}
