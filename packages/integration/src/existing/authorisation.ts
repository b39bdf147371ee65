// OAuth 2 of existing workers: the worker talks to the provider, the platform brings the person there and back.
//
// The worker's own `state` is the user and the application in plain letters, which anybody can write. So the platform
// puts a random one in its place on the way to the provider, good once and for a while, and only what comes back with it
// is handed to the worker.

import { createHash, randomBytes } from 'node:crypto';
import type { RecordStore } from '@sluice/engine';
import { type AuthorizeAnswer, SluiceError } from '@sluice/protocol';
import type { Returned } from '../authorisation/authorisation.ts';
import { returnPath } from '../authorisation/return-path.ts';
import { type ExistingClient, installPath, type Place } from './client.ts';
import { wordsOf } from './words.ts';

const PENDING = 'existing-authorisation';
const LIFETIME_MS = 15 * 60_000;
const MAX_PENDING = 10_000;
const MAX_PARAMETER = 8_000;

interface Pending {
  readonly worker: string;
  readonly application: string;
  readonly user: string;
  /** What the worker wrote; null when it wrote none. */
  readonly state: string | null;
  readonly returnTo: string | null;
  readonly expiresAt: number;
}

export interface ExistingAuthorisationParts {
  readonly client: ExistingClient;
  readonly records: RecordStore;
  /** @throws SluiceError when the worker is not there any more */
  readonly placeOf: (worker: string, application: string) => Place;
  readonly now: () => number;
}

export class ExistingAuthorisation {
  readonly #parts: ExistingAuthorisationParts;
  /** Those being handed over now: a second use finds nothing, however close behind. */
  readonly #taken = new Set<string>();

  constructor(parts: ExistingAuthorisationParts) {
    this.#parts = parts;
  }

  /** @throws SluiceError `authorisation.not_offered`, `authorisation.bad_return`, `application.…` */
  async begin(place: Place, user: string, returnTo: string | null): Promise<AuthorizeAnswer> {
    const { application, worker } = place;
    const kind = worker.offer.applications.find(({ key }) => key === application)?.authorisation;
    if (kind === 'basic') {
      const why = 'what it needs to sign in is filled in. Save its settings.';
      throw new SluiceError('authorisation.not_offered', { application, why });
    }
    const path = returnPath(returnTo);
    // The worker wants an address, keeps it, forgets it when settings are saved meanwhile, and gives it back; ours is kept here.
    const query = `redirect_url=${encodeURIComponent(path ?? '/')}`;
    const answer = await this.#parts.client.ask(place, {
      operation: 'authorize',
      method: 'GET',
      path: `${installPath(place, user)}/authorize?${query}`,
    });
    const url = addressIn((answer as { authorizeUrl?: unknown }).authorizeUrl);
    if (!url) {
      const problem = 'no address of a provider';
      throw new SluiceError('application.broken_answer', { application, worker: worker.worker, problem });
    }
    const state = url.searchParams.get('state');
    const ours = randomBytes(32).toString('base64url');
    url.searchParams.set('state', ours);
    const expiresAt = this.#parts.now() + LIFETIME_MS;
    const pending: Pending = { worker: worker.worker, application, user, state, returnTo: path, expiresAt };
    await this.#sweep();
    await this.#parts.records.write([{ collection: PENDING, key: digestOf(ours), value: pending }]);
    return { authorizeUrl: url.href, expiresAt };
  }

  /** The provider sent the person back. Never rejects for anything that stands in the query. */
  async returned(query: Readonly<Record<string, unknown>>): Promise<Returned> {
    const pending = await this.#take(query.state);
    if (!pending) {
      const { message, hint } = new SluiceError('authorisation.state_unknown', {});
      return { done: false, application: null, problem: `${message} ${hint}`, returnTo: null };
    }
    const { application, user, returnTo } = pending;
    const ended = (problem: string | null): Returned => ({ done: problem === null, application, problem, returnTo });
    if (query.error !== undefined) {
      const said = [query.error, query.error_description].filter((one) => typeof one === 'string').join(': ');
      return ended(`The provider refused: ${wordsOf(said)}`);
    }
    const { state: _, ...rest } = query;
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(rest))
      if (typeof value === 'string' && value.length <= MAX_PARAMETER) parameters.set(name, value);
    if (!parameters.has('code')) return ended('The provider sent no code.');
    if (pending.state !== null) parameters.set('state', pending.state);
    try {
      const place = this.#parts.placeOf(pending.worker, application);
      const path = `${installPath(place, user)}/authorize/token?${parameters}`;
      const secrets = [...parameters.values()];
      await this.#parts.client.ask(place, { operation: 'authorize', method: 'GET', path, secrets });
      return ended(null);
    } catch (error) {
      if (error instanceof SluiceError) return ended(error.message);
      throw error;
    }
  }

  /** @returns null when nothing that is begun has this state */
  async #take(state: unknown): Promise<Pending | null> {
    const key = typeof state === 'string' && state.length <= 200 ? digestOf(state) : null;
    if (key === null || this.#taken.has(key)) return null;
    this.#taken.add(key);
    try {
      const pending = await this.#parts.records.get<Pending>(PENDING, key);
      if (pending) await this.#parts.records.write([{ collection: PENDING, key, value: null }]);
      return pending && pending.expiresAt > this.#parts.now() ? pending : null;
    } finally {
      this.#taken.delete(key);
    }
  }

  /** Those that nobody came back from; the oldest too, when somebody begins without end. */
  async #sweep(): Promise<void> {
    const now = this.#parts.now();
    const rows = [...(await this.#parts.records.list<Pending>(PENDING))];
    rows.sort((a, b) => a.value.expiresAt - b.value.expiresAt);
    const surplus = rows.length - MAX_PENDING + 1;
    const gone = rows.filter(({ value }, index) => value.expiresAt <= now || index < surplus);
    if (gone.length > 0)
      await this.#parts.records.write(gone.map(({ key }) => ({ collection: PENDING, key, value: null })));
  }
}

const digestOf = (state: string): string => createHash('sha256').update(state).digest('base64url');

function addressIn(value: unknown): URL | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}
