// What a call of an existing worker needs beyond the message: the headers `applications`, `limiter-key` and `sdk`, and a
// permit where a limit holds.

import type { Called, Headers, StepCall } from '@sluice/protocol';
import { limitsIn } from './limiter-keys.ts';
import { type ExistingLimits, isAway } from './limits.ts';
import type { ExistingPort, ExistingWorker } from './port.ts';
import { type TurnPolicy, Turns } from './turns.ts';

const LIMITER_KEY = 'limiter-key';
const MAX_TOPOLOGIES = 2_000;

export class ExistingCalls {
  readonly #port: ExistingPort;
  readonly #limits: ExistingLimits;
  readonly #turns: Turns;
  /** Applications of a version of a topology, joined as the header has them. */
  readonly #applications = new Map<string, Promise<string>>();

  constructor(port: ExistingPort, limits: ExistingLimits, now: () => number) {
    this.#port = port;
    this.#limits = limits;
    this.#turns = new Turns(now);
  }

  /**
   * Call an action of an existing worker.
   * @param send  the call itself; never rejects
   */
  async call(name: string, call: StepCall, send: (call: StepCall) => Promise<Called>): Promise<Called> {
    const worker = this.#port.worker(name);
    if (!worker || (worker.offer.applications.length === 0 && worker.offer.generation === 4)) return send(call);
    let own: string;
    try {
      own = (await this.#limits.of(worker, call.user)).text;
    } catch (error) {
      if (isAway(error)) return { kind: 'unreachable', reason: `its limits could not be asked of worker "${name}"` };
      throw error;
    }
    // A node may set the limits of what follows.
    const key = call.headers[LIMITER_KEY] ?? own;
    const permit = this.#permit(worker, call, key);
    if (typeof permit === 'number')
      return { kind: 'limit', untilMs: permit, reason: 'The limit that its user set for the application is used up.' };
    const applications = await this.#applicationsOf(call);
    const headers: Headers = {
      ...call.headers,
      ...(applications ? { applications } : {}),
      ...(key ? { [LIMITER_KEY]: key } : {}),
      ...(worker.offer.generation === 5 ? { sdk: name } : {}),
    };
    try {
      const result = await send({ ...call, headers });
      return call.headers[LIMITER_KEY] === undefined && key ? withoutKey(result, key) : result;
    } finally {
      permit();
    }
  }

  #permit(
    { worker, actions }: ExistingWorker,
    { target, idempotencyKey }: StepCall,
    key: string,
  ): (() => void) | number {
    if (target.kind === 'custom' || key === '') return () => {};
    const application = actions.find((one) => one.kind === target.kind && one.name === target.action)?.application;
    if (application === undefined) return () => {};
    const policies = limitsIn(key, worker)
      .filter((limit) => limit.application === application)
      .map((limit): TurnPolicy => {
        const { amount, windowMs } = limit;
        const who = limit.user === null ? '' : `user:${limit.user}`;
        return { key: `${application}\n${who}\n${amount}/${windowMs}`, amount, windowMs };
      });
    return this.#turns.take(policies, idempotencyKey);
  }

  #applicationsOf({ target: { topology, version } }: StepCall): Promise<string> {
    const key = `${topology}/${version}`;
    let found = this.#applications.get(key);
    if (!found) {
      if (this.#applications.size >= MAX_TOPOLOGIES) this.#applications.clear();
      found = this.#read(topology, version);
      this.#applications.set(key, found);
      found.catch(() => this.#applications.delete(key));
    }
    return found;
  }

  async #read(topology: string, version: number): Promise<string> {
    const nodes = await this.#port.nodes(topology, version);
    const keys = nodes.flatMap(({ worker, kind, action }) => {
      const { actions = [] } = this.#port.worker(worker) ?? {};
      const found = actions.find((one) => one.kind === kind && one.name === action);
      return found?.application === undefined ? [] : [found.application];
    });
    return [...new Set(keys)].join(';');
  }
}

/** The worker echoes what it was told. What is no decision of the node stays out of the message: it is told anew each time. */
function withoutKey(result: Called, key: string): Called {
  const clean = <T extends { readonly headers?: Headers }>(of: T): T => {
    if (of.headers?.[LIMITER_KEY] !== key) return of;
    const { [LIMITER_KEY]: _, ...headers } = of.headers;
    return { ...of, headers };
  };
  switch (result.kind) {
    case 'forward':
      return { ...result, item: clean(result.item) };
    case 'split':
      return { ...clean(result), items: result.items.map((item) => clean(item)) };
    case 'redeliver':
      return clean(result);
    default:
      return result;
  }
}
