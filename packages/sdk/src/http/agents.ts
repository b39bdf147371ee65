// Kept-alive connections, one set for each guard and client certificate: a connection that was made without the guard
// is never used with it, and none proves somebody else's name.

import { Agent, type buildConnector } from 'undici';
import { assertUsable, type ClientTls, fingerprintOf } from './client-certificate.ts';
import { entriesOf, type Guard, guardedConnector } from './guard.ts';

const LIMITS = { connections: 128, keepAliveTimeout: 10_000 };

export interface Connection {
  readonly guard?: Guard | undefined;
  readonly tls?: ClientTls | undefined;
}

export class Agents {
  readonly #plain = new Agent(LIMITS);
  /** Oldest use first. */
  readonly #special = new Map<string, Agent>();
  readonly #most: number;

  /** @param most  sets that are kept; the one not used for longest makes room */
  constructor(most = 100) {
    this.#most = most;
  }

  get size(): number {
    return this.#special.size;
  }

  /**
   * The connections for a request. A replaced certificate has new ones at once; the old ones end with their last
   * request, or when they were idle for a while.
   * @throws Fail when the certificate or an allowed address cannot be used
   */
  for({ guard, tls }: Connection): Agent {
    if (!guard && !tls) return this.#plain;
    const entries = guard ? entriesOf(guard) : null;
    const key = JSON.stringify([entries, tls ? fingerprintOf(tls) : null]);
    const known = this.#special.get(key);
    const agent = known ?? new Agent({ ...LIMITS, connect: connectOf(entries, tls) });
    this.#special.delete(key);
    this.#special.set(key, agent);
    if (this.#special.size > this.#most) this.#closeOldest();
    return agent;
  }

  #closeOldest(): void {
    const [oldest] = this.#special;
    if (!oldest) return;
    this.#special.delete(oldest[0]);
    // Waits for the requests under way.
    void oldest[1].close();
  }
}

function connectOf(entries: readonly string[] | null, tls?: ClientTls): Agent.Options['connect'] {
  if (tls) assertUsable(tls);
  const options = definedOf(tls);
  return entries ? guardedConnector(entries, options) : options;
}

/** TLS takes an absent option and one that is undefined for different things. */
function definedOf(tls: ClientTls | undefined): buildConnector.BuildOptions {
  if (!tls) return {};
  const { cert, key, passphrase, ca, servername } = tls;
  return { cert, key, ...(passphrase && { passphrase }), ...(ca && { ca }), ...(servername && { servername }) };
}
