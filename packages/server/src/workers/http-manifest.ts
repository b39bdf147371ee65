// What an http worker can do: from its manifest, or from the three lists of the existing wire, which has no manifest.

import type { Sign } from '@sluice/engine/workers';
import { type AskExisting, type ExistingOffer, readOffer } from '@sluice/integration';
import { CALLS_PATH, excerpt, type Manifest, ManifestSchema, SIGNATURE_HEADER, type StepKind } from '@sluice/protocol';

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
  /** Its applications, when it speaks the existing wire. */
  readonly existing: ExistingOffer | null;
}

/** Headers, and how a request is signed where the worker checks it. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly sign: Sign | undefined;
}

/**
 * @param name  of the worker, which is part of addresses of the existing wire
 * @throws Error in words, when the worker cannot be reached or answers something else
 */
export async function readManifest(name: string, url: string, { headers, sign }: Proof): Promise<HttpManifest> {
  const base = url.replace(/\/$/, '');
  const send: AskExisting = (method, path, body = '') =>
    request(base + path, {
      method,
      headers: sign ? { ...headers, [SIGNATURE_HEADER]: sign(path, body) } : headers,
      ...(body === '' ? {} : { body }),
    });
  const ask = (path: string): Promise<{ status: number; text: string }> => send('GET', path);
  const own = await ask(CALLS_PATH);
  const parsed = own.status === 200 ? ManifestSchema.safeParse(parse(own.text)) : null;
  if (parsed?.success) return { manifest: parsed.data, takesBatches: true, existing: null };
  const lists = await Promise.all(
    LISTS.map(async ([kind, path]) => ({ kind, entries: listOf(base + path, await ask(path)) })),
  );
  const actions = lists.flatMap(({ kind, entries }) =>
    entries.map(({ name, app }) => ({ name, kind, ...(typeof app === 'string' && app ? { application: app } : {}) })),
  );
  const existing = await readOffer(name, send);
  return { manifest: { sdk: { name: 'http', version: '' }, actions, applications: [] }, takesBatches: false, existing };
}

function listOf(url: string, { status, text }: { status: number; text: string }): { name: string; app?: unknown }[] {
  if (status !== 200) throw new Error(`${url} answered ${status}: ${excerpt(text)}`);
  const list = parse(text);
  if (list === undefined) throw new Error(`${url} answered no JSON: ${excerpt(text)}`);
  if (!Array.isArray(list)) throw new Error(`${url} answered no list: ${excerpt(text)}`);
  return list.filter(
    (entry): entry is { name: string; app?: unknown } => typeof entry?.name === 'string' && entry.name !== '',
  );
}

/** @throws Error in words, when nothing answers */
async function request(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, text: (await response.text()).slice(0, MAX_CHARACTERS) };
  } catch (error) {
    const cause = (error as Error).cause as Error | undefined;
    throw new Error(`${url} cannot be reached: ${cause?.message || (error as Error).message}`);
  }
}

/** @returns undefined when it is no JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
