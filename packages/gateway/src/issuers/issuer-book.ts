// Issuers as they are kept, and which of them a token is of.

import type { Log, RecordChange } from '@sluice/engine';
import { IssuerRequest, type IssuerRequestInput, type IssuerView, SluiceError } from '@sluice/protocol';
import { decodeJwt } from 'jose';
import { type Consumer, WrongCredentials } from '../consumers/consumer.ts';
import type { ConsumerBook } from '../consumers/consumer-book.ts';
import type { Records, Sealer } from '../ports/ports.ts';
import type { Revision } from '../replicas/revision.ts';
import { bearerOf } from './bearer.ts';
import { IntrospectionJudge } from './introspection.ts';
import { IssuerLine, type LineOptions } from './issuer-line.ts';
import type { TokenJudge } from './judge.ts';
import { type JwksTiming, JwtJudge } from './jwt.ts';

const ISSUERS = 'gateway-issuer';
const MOST_TOKEN_BYTES = 8_192;

const placeOf = (name: string): string => `gateway-issuer/${name}`;

/** `clientSecret` is sealed. */
export type StoredIssuer = IssuerRequest & { readonly createdAt: number; readonly changedAt: number };

interface LiveIssuer {
  readonly stored: StoredIssuer;
  readonly judge: TokenJudge;
}

export interface IssuerParts {
  readonly records: Records;
  readonly revision: Revision;
  readonly sealer: Sealer;
  readonly consumers: ConsumerBook;
  readonly line: LineOptions;
  readonly jwks: JwksTiming;
  readonly log: Log;
}

export class IssuerBook {
  readonly #parts: IssuerParts;
  #byName: ReadonlyMap<string, StoredIssuer> = new Map();
  /** Enabled ones; one that did not change keeps what it knows. */
  #live: ReadonlyMap<string, LiveIssuer> = new Map();
  #byIss: ReadonlyMap<string, LiveIssuer> = new Map();
  /** The longest prefix first. */
  #byPrefix: readonly (readonly [prefix: string, issuer: LiveIssuer])[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: IssuerParts) {
    this.#parts = parts;
  }

  /** Read everything: at the start, and when another process changed something. */
  load(): Promise<void> {
    return this.#inTurn(async () => {
      const found = await this.#parts.records.list<StoredIssuer>(ISSUERS);
      this.#hold(new Map(found.map(({ key, value }) => [key, value])));
    });
  }

  any(): boolean {
    return this.#live.size > 0;
  }

  list(): IssuerView[] {
    return [...this.#byName.values()].map(viewOf);
  }

  /** @throws SluiceError `gateway.issuer_unknown` */
  get(name: string): IssuerView {
    return viewOf(this.#find(name));
  }

  /**
   * Make it so, whether there is one of this name or not. A client secret that is left out stays.
   * @throws SluiceError `gateway.issuer_invalid`, `gateway.issuer_taken`
   */
  save(name: string, input: IssuerRequestInput): Promise<IssuerView> {
    return this.#inTurn(async () => {
      const before = this.#byName.get(name) ?? null;
      const request = this.#withSecret(checked(name, input), before);
      this.#mustBeFree(request);
      const at = this.#parts.line.now();
      const stored = { ...request, createdAt: before?.createdAt ?? at, changedAt: at };
      await this.#write([{ collection: ISSUERS, key: name, value: stored, expected: before }]);
      this.#hold(new Map(this.#byName).set(name, stored));
      return viewOf(stored);
    });
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#find(name);
      await this.#write([{ collection: ISSUERS, key: name, value: null }]);
      const rest = new Map(this.#byName);
      rest.delete(name);
      this.#hold(rest);
    });
  }

  /**
   * Whose token it is.
   * @throws WrongCredentials
   * @throws SluiceError `gateway.issuer_unavailable`, `gateway.too_many_attempts`
   */
  async consumerOf(token: string, waitMs: () => number): Promise<Consumer> {
    if (token.length > MOST_TOKEN_BYTES)
      throw new WrongCredentials(`the token is longer than ${MOST_TOKEN_BYTES} characters`);
    const issuer = this.#issuerOf(token);
    if (!issuer) throw new WrongCredentials('no issuer that is known here gave out the token');
    const claims = await issuer.judge.judge(token, waitMs);
    return bearerOf(issuer.stored, claims, this.#parts.consumers);
  }

  /** Seal what was sealed under a master key of before. @returns how many secrets */
  async rotateSecrets(): Promise<number> {
    const { sealer } = this.#parts;
    let rotated = 0;
    for (const stored of this.#byName.values()) {
      if (stored.kind !== 'introspection' || !sealer.isOld(stored.clientSecret!)) continue;
      const clientSecret = sealer.open(stored.clientSecret!, placeOf(stored.name));
      await this.save(stored.name, { ...definitionOf(stored), clientSecret } as IssuerRequestInput);
      rotated++;
    }
    return rotated;
  }

  /** What it says of itself decides only who is asked, never whether it is believed. */
  #issuerOf(token: string): LiveIssuer | undefined {
    const iss = issOf(token);
    const own = iss === null ? undefined : this.#byIss.get(iss);
    return own ?? this.#byPrefix.find(([prefix]) => token.startsWith(prefix))?.[1];
  }

  #withSecret(request: IssuerRequest, before: StoredIssuer | null): IssuerRequest {
    if (request.kind !== 'introspection') return request;
    const { name, clientSecret } = request;
    if (clientSecret !== undefined)
      return { ...request, clientSecret: this.#parts.sealer.seal(clientSecret, placeOf(name)) };
    if (before?.kind === 'introspection') return { ...request, clientSecret: before.clientSecret };
    throw new SluiceError('gateway.issuer_invalid', { name, problems: ['clientSecret is missing'] });
  }

  #mustBeFree(request: IssuerRequest): void {
    for (const other of this.#byName.values()) {
      if (other.name === request.name) continue;
      const { name } = request;
      if (other.kind === 'jwt' && request.kind === 'jwt' && other.issuer === request.issuer)
        throw new SluiceError('gateway.issuer_taken', { name, by: other.name, what: `issuer "${request.issuer}"` });
      if (
        other.kind === 'introspection' &&
        request.kind === 'introspection' &&
        other.tokenPrefix === request.tokenPrefix
      )
        throw new SluiceError('gateway.issuer_taken', {
          name,
          by: other.name,
          what: `tokenPrefix "${request.tokenPrefix}"`,
        });
    }
  }

  #find(name: string): StoredIssuer {
    const found = this.#byName.get(name);
    if (!found) throw new SluiceError('gateway.issuer_unknown', { name });
    return found;
  }

  async #write(changes: readonly RecordChange[]): Promise<void> {
    await this.#parts.records.write([...changes, this.#parts.revision.next()]);
  }

  #hold(byName: ReadonlyMap<string, StoredIssuer>): void {
    this.#byName = byName;
    const live = new Map<string, LiveIssuer>();
    for (const stored of byName.values()) {
      if (!stored.enabled) continue;
      const before = this.#live.get(stored.name);
      const same = before !== undefined && JSON.stringify(before.stored) === JSON.stringify(stored);
      const made = same ? before : this.#liveOf(stored);
      if (made) live.set(stored.name, made);
    }
    this.#live = live;
    const all = [...live.values()];
    this.#byIss = new Map(all.flatMap((one) => (one.stored.kind === 'jwt' ? [[one.stored.issuer, one] as const] : [])));
    this.#byPrefix = all
      .flatMap((one) => (one.stored.kind === 'introspection' ? [[one.stored.tokenPrefix, one] as const] : []))
      .sort(([one], [other]) => other.length - one.length);
  }

  /** @returns null when its secret cannot be opened: its tokens are refused, all others are not touched */
  #liveOf(stored: StoredIssuer): LiveIssuer | null {
    const { line: options, jwks, sealer, log } = this.#parts;
    const line = new IssuerLine(stored.name, options);
    if (stored.kind === 'jwt') return { stored, judge: new JwtJudge(stored, line, jwks, options.now) };
    try {
      const secret = sealer.open(stored.clientSecret!, placeOf(stored.name));
      return { stored, judge: new IntrospectionJudge(stored, secret, line, options.now) };
    } catch (error) {
      log.error('The secret of an issuer cannot be opened; its tokens are refused.', { issuer: stored.name, error });
      return null;
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined); // whoever asked for it is told
    return done;
  }
}

function checked(name: string, input: IssuerRequestInput): IssuerRequest {
  const parsed = IssuerRequest.safeParse(input);
  const problems = parsed.success
    ? parsed.data.name === name
      ? []
      : [`name is "${parsed.data.name}", and its address says "${name}"`]
    : parsed.error.issues.slice(0, 20).map(({ path, message }) => `${path.join('.') || 'it'} ${message}`);
  if (!parsed.success || problems.length > 0) throw new SluiceError('gateway.issuer_invalid', { name, problems });
  return parsed.data;
}

function definitionOf({ createdAt: _, changedAt: __, ...definition }: StoredIssuer): IssuerRequest {
  return definition;
}

function viewOf(stored: StoredIssuer): IssuerView {
  if (stored.kind === 'jwt') return stored;
  const { clientSecret: _, ...view } = stored;
  return view;
}

/** `iss` of a token in three parts, unchecked. */
function issOf(token: string): string | null {
  if (token.split('.', 4).length !== 3) return null;
  try {
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' ? iss : null;
  } catch {
    return null; // no JWT: somebody else may know it
  }
}
