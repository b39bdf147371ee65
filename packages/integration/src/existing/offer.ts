// What an existing worker says of its applications, and which generation of the wire it speaks.

import type { ApplicationManifest } from '@sluice/protocol';

const MAX_APPLICATIONS = 500;
const MAX_METHODS = 500;
const AT_ONCE = 8;
const LOGO = /^data:(image\/(?:svg\+xml|png|jpeg|gif|webp));base64,\s*([A-Za-z\d+/]+={0,2})$/;
const MAX_LOGO = 280_000;
/** Called by the platform itself around an install, and by nobody else. */
export const LIFE_CYCLE: ReadonlySet<string> = new Set([
  'afterInstallCallback',
  'afterUninstallCallback',
  'afterEnableCallback',
  'afterDisableCallback',
]);

export interface ExistingApplication {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly logo: string | null;
  readonly authorisation: 'basic' | 'oauth' | 'oauth2';
  /** It subscribes to webhooks. */
  readonly webhooks: boolean;
  /** Public names of its synchronous methods. */
  readonly methods: readonly string[];
}

export interface ExistingOffer {
  /** 4 = addresses of installs end in the user; 5 = the name of the worker follows. */
  readonly generation: 4 | 5;
  readonly applications: readonly ExistingApplication[];
  /** Why its applications could not be read, in words. */
  readonly problem: string | null;
}

/** One request to the worker. @throws Error in words, when nothing answers */
export type AskExisting = (
  method: 'GET' | 'POST',
  path: string,
  body?: string,
) => Promise<{ readonly status: number; readonly text: string }>;

/**
 * @param worker  name it is registered under, which is part of the addresses of generation 5
 * @throws Error in words, when nothing answers
 */
export async function readOffer(worker: string, ask: AskExisting): Promise<ExistingOffer> {
  const { status, text } = await ask('GET', '/applications');
  const items = status === 200 ? (parse(text) as { items?: unknown } | undefined)?.items : undefined;
  // A worker without applications says so by an empty list; one that has no such address has none either.
  if (!Array.isArray(items))
    return {
      generation: 4,
      applications: [],
      problem: status === 404 ? null : `its list of applications cannot be read (status ${status})`,
    };
  const listed = items.map(applicationOf).filter((one) => one !== null);
  const known = new Map(listed.slice(0, MAX_APPLICATIONS).map((one) => [one.key, one]));
  const applications = [...known.values()];
  for (let at = 0; at < applications.length; at += AT_ONCE)
    await Promise.all(
      applications.slice(at, at + AT_ONCE).map(async (application, index) => {
        applications[at + index] = { ...application, methods: await methodsOf(application.key, ask) };
      }),
    );
  // Without applications nobody needs to know.
  const generation = applications.length > 0 ? await generationOf(worker, ask) : 4;
  return { generation, applications, problem: null };
}

/** Addresses of generation 5 are pages of "not found" in generation 4. */
async function generationOf(worker: string, ask: AskExisting): Promise<4 | 5> {
  const body = JSON.stringify({ user: 'x', applications: [] });
  const { status, text } = await ask('POST', `/applications/sdk/${encodeURIComponent(worker)}/limits`, body);
  return status !== 404 && parse(text) !== undefined ? 5 : 4;
}

async function methodsOf(key: string, ask: AskExisting): Promise<string[]> {
  const { status, text } = await ask('GET', `/applications/${encodeURIComponent(key)}`);
  const methods = status === 200 ? (parse(text) as { syncMethods?: unknown } | undefined)?.syncMethods : undefined;
  if (!Array.isArray(methods)) return [];
  const named = methods.filter((name): name is string => typeof name === 'string' && /^\w{1,100}$/.test(name));
  return named.filter((name) => !LIFE_CYCLE.has(name)).slice(0, MAX_METHODS);
}

function applicationOf(raw: unknown): ExistingApplication | null {
  const item = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const { key } = item;
  if (typeof key !== 'string' || !/^[A-Za-z0-9_][\w.-]{0,99}$/.test(key)) return null;
  const kind = item.authorization_type;
  return {
    key,
    name: textOf(item.name, 200) || key,
    description: [textOf(item.description, 10_000), textOf(item.info, 10_000)]
      .filter((text) => text !== '')
      .join('\n\n'),
    logo: logoOf(item.logo),
    authorisation: kind === 'oauth2' || kind === 'oauth' ? kind : 'basic',
    webhooks: item.application_type === 'webhook',
    methods: [],
  };
}

const textOf = (value: unknown, longest: number): string => (typeof value === 'string' ? value.slice(0, longest) : '');

/** It puts a space after the comma. */
function logoOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LOGO) return null;
  const match = LOGO.exec(value);
  return match && `data:${match[1]};base64,${match[2]}`;
}

/** What an install of it is like is known only for a user; so its forms come with the install. */
export function manifestOf(application: ExistingApplication): ApplicationManifest {
  const { key, name, description, logo, authorisation, methods } = application;
  return {
    key,
    name,
    ...(description ? { description } : {}),
    ...(logo ? { logo } : {}),
    ...(authorisation === 'basic' ? { auth: { kind: 'basic' as const } } : {}),
    forms: [],
    limits: [],
    webhooks: [],
    methods: methods.map((method) => ({ name: method, methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] })),
    actions: [],
    hooks: [],
    testable: false,
    categories: [],
    keywords: [],
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
