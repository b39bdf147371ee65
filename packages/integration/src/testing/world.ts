// Platforms over one store, with one application, and a clock that a test sets.

import type { Engine, RecordStore } from '@sluice/engine';
import { memoryStores } from '@sluice/engine/memory';
import { type Form, type Manifest, ManifestSchema } from '@sluice/protocol';
import { type Auth, type Form as AuthorForm, OAuth2, type OAuth2Options } from '@sluice/sdk';
import { createIntegration, type Integration, type Timing, Vault } from '../index.ts';

export const KEY = 'master-key-of-a-test';
export const USER = 'ann';

/** An engine where nothing is enabled. */
const NO_TOPOLOGIES = { topologies: { follow: () => {}, entries: async () => [] } } as unknown as Engine;

export class World {
  readonly #stores = memoryStores();
  readonly records: RecordStore = this.#stores.records;
  /** What workers were told is old. */
  readonly changes: string[] = [];
  now = Date.parse('2026-01-01T00:00:00Z');
  readonly #manifest: Manifest;

  constructor(auth: Auth, forms: readonly AuthorForm[] = []) {
    this.#manifest = ManifestSchema.parse({
      sdk: { name: 'test', version: '0' },
      actions: [],
      applications: [
        {
          key: 'app',
          name: 'An <application>',
          baseUrl: 'https://service.example',
          forms: [auth.form, ...forms] as Form[],
          auth: auth.descriptor,
          hooks: ['authorised'],
        },
      ],
    });
  }

  /** One more platform process. */
  platform(timing: Partial<Timing> = {}, secretKey = KEY, former: readonly string[] = []): Integration {
    return createIntegration({
      engine: NO_TOPOLOGIES,
      records: this.records,
      data: this.#stores.data,
      vault: new Vault(secretKey, former),
      log: { info() {}, warn() {}, error() {} },
      publicUrl: () => 'https://sluice.example/base/',
      now: () => this.now,
      timing: { lookMs: 2, ...timing },
      limits: { acquire: async () => ({ granted: true, settle: () => {} }), pause: async () => {} },
      workers: {
        offerings: () => [{ worker: 'service', manifest: this.#manifest, up: true }],
        invoke: async () => ({ ok: true, value: null }),
        call: async () => ({ kind: 'unreachable', reason: 'this worker has no steps' }),
        callMethod: () => Promise.reject(new Error('this worker has no methods')),
        limits: () => [],
        mustKnow: () => {},
        changed: (_worker, application, user) => void this.changes.push(`${application} ${user}`),
      },
    });
  }
}

export const oauth2At = (url: string, options: Partial<OAuth2Options> = {}): OAuth2 =>
  new OAuth2({
    authorizationUrl: `${url}/authorize?tenant=1`,
    tokenUrl: `${url}/token`,
    revocationUrl: `${url}/revoke`,
    ...options,
  });

/** Installed, with credentials. */
export async function installed({ installs }: Integration, user = USER): Promise<void> {
  await installs.install('app', user);
  await installs.save('app', user, { credentials: { clientId: 'a-client', clientSecret: 'a secret:with/+' } });
}

/** Agreed to, as by a person with a browser. */
export async function authorised(platform: Integration, user = USER): Promise<void> {
  await installed(platform, user);
  const { problem } = await comeBack(platform, { code: 'a-code' }, user);
  if (problem !== null) throw new Error(problem);
}

export async function comeBack(platform: Integration, query: Record<string, unknown>, user = USER) {
  const answer = (await platform.installs.authorize('app', user, null)) as { authorizeUrl: string };
  const state = new URL(answer.authorizeUrl).searchParams.get('state');
  return platform.authorisation.returned({ state, ...query });
}
