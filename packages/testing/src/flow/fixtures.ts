// Small topologies and steps for the tests of the kit itself.

import { type AnyStep, Connector, type Context, CustomNode, type Message } from '@sluice/sdk';

export type Process = (message: Message, context: Context) => unknown;

export const DAY = 86_400_000;

/** in → each node in turn; those of kind custom and connector are served by the worker "shop". */
export function chain(...nodes: readonly { id: string; kind?: string; settings?: object }[]) {
  return {
    name: 'shop',
    nodes: [
      { id: 'in', kind: 'start' },
      ...nodes.map(({ id, kind = 'custom', settings = {} }) =>
        kind === 'custom' || kind === 'connector'
          ? { id, kind, settings, worker: 'shop', action: id }
          : { id, kind, settings },
      ),
    ],
    connections: nodes.map(({ id }, index) => ({ from: index === 0 ? 'in' : nodes[index - 1]!.id, to: id })),
  };
}

class Custom extends CustomNode {
  readonly name: string;
  readonly process: Process;
  constructor(name: string, process: Process) {
    super();
    this.name = name;
    this.process = process;
  }
}

class Connected extends Connector {
  readonly name: string;
  readonly process: Process;
  constructor(name: string, process: Process) {
    super();
    this.name = name;
    this.process = process;
  }
}

export const custom = (name: string, process: Process = () => undefined): AnyStep => new Custom(name, process);
export const connector = (name: string, process: Process): AnyStep => new Connected(name, process);
export const shop = (...steps: AnyStep[]) => ({ shop: { steps } });
