// Breakpoints: nodes at which arriving messages are held. The model may set them; a person sets and removes them while
// messages pass, for all versions of a topology.

import { type Plan, setBreakpoint } from '../core/plan.ts';
import type { Context } from './context.ts';

const BREAKPOINTS = 'breakpoint';

export interface Breakpoint {
  readonly topology: string;
  readonly node: string;
}

export class Breakpoints {
  readonly #context: Context;
  readonly #plans: () => Iterable<Plan>;
  /** What persons said, by topology and node; it wins over the model. */
  readonly #said = new Map<string, boolean>();

  /** @param plans  those in use; they learn of every change */
  constructor(context: Context, plans: () => Iterable<Plan>) {
    this.#context = context;
    this.#plans = plans;
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#context.stores.records.list<boolean>(BREAKPOINTS))
      this.#said.set(key, value);
  }

  /** A plan comes into use: what persons said holds for it. */
  mark(plan: Plan): void {
    for (const node of plan.nodes.values()) {
      const said = this.#said.get(keyOf(plan.topology, node.id));
      if (said !== undefined && !node.isStart) setBreakpoint(node, said);
    }
  }

  /** Durable; holds from the next message that arrives. */
  async set(topology: string, node: string, on: boolean): Promise<void> {
    const key = keyOf(topology, node);
    await this.#context.stores.records.write([{ collection: BREAKPOINTS, key, value: on }]);
    this.#said.set(key, on);
    for (const plan of this.#plans()) if (plan.topology === topology) this.mark(plan);
  }

  /** Those that hold messages, in the versions that are in use. */
  list(): readonly Breakpoint[] {
    const found = new Map<string, Breakpoint>();
    for (const { topology, nodes } of this.#plans())
      for (const { id, breakpoint } of nodes.values())
        if (breakpoint) found.set(keyOf(topology, id), { topology, node: id });
    for (const [key, on] of this.#said) {
      const slash = key.indexOf('/');
      if (on) found.set(key, { topology: key.slice(0, slash), node: key.slice(slash + 1) });
    }
    return [...found.values()];
  }
}

const keyOf = (topology: string, node: string): string => `${topology}/${node}`;
