// What is known of what is called takes and gives: from manifests of workers, and from the shape of topologies.

import type { Engine } from '@sluice/engine';
import type { Contracts } from '@sluice/gateway';
import type { Integration } from '@sluice/integration';
import type { TargetContract } from '@sluice/openapi';
import type { Action } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import type { WorkerRegistry } from '../workers/registry.ts';

export interface Known {
  readonly engine: Engine;
  readonly integration: Integration;
  readonly workers: WorkerRegistry;
}

export function contractsOf(known: Known): Contracts {
  return {
    async of(target) {
      switch (target.kind) {
        case 'action':
          return actionContract(known, target.worker, target.action);
        case 'method':
          return methodContract(known, target.application, target.method);
        case 'process':
        case 'wait':
          return processContract(known, target.topology, target.start);
        default:
          return null;
      }
    },
  };
}

function actionContract({ workers }: Known, worker: string, name: string): TargetContract | null {
  const action = actionOf(workers, worker, name);
  return action ? { summary: firstLine(action.description), input: action.input, output: action.output } : null;
}

function methodContract({ integration }: Known, application: string, name: string): TargetContract | null {
  const method = integration.applications.get(application)?.application.methods.find((one) => one.name === name);
  return method ? { summary: firstLine(method.description), input: method.input, output: method.output } : null;
}

/** A process takes what its first step takes, and answers what comes to its respond node. */
export async function processContract(
  { engine, workers }: Pick<Known, 'engine' | 'workers'>,
  topology: string,
  start: string,
): Promise<TargetContract | null> {
  if (!engine.processes) return null;
  const entry = (await engine.topologies.entries()).find(
    ({ plan, node }) => plan.topology === topology && (node.id === start || node.name === start),
  );
  if (!entry) return null;
  const { model } = await engine.topologies.get(topology, entry.plan.version);
  return {
    summary: firstLine(model.description),
    input: inputOf(model, entry.node.id, workers),
    ...answerOf(model, workers),
  };
}

/** Known when there is one way to go, and the step there says what it takes. */
function inputOf({ nodes, connections }: TopologyModel, start: string, workers: WorkerRegistry): unknown {
  const [first, ...others] = connections.filter(({ from }) => from === start);
  if (!first || others.length > 0 || first.when !== undefined) return undefined;
  const node = nodes.find(({ id }) => id === first.to);
  return node?.worker && node.action ? actionOf(workers, node.worker, node.action)?.input : undefined;
}

/** Known when there is one respond node, and what comes to it comes from one step, as it is. */
function answerOf(
  { nodes, connections }: TopologyModel,
  workers: WorkerRegistry,
): Pick<TargetContract, 'output' | 'status'> {
  const [respond, ...others] = nodes.filter(({ kind }) => kind === 'respond');
  if (!respond || others.length > 0) return {};
  const status = respond.settings?.status;
  const [last, ...more] = connections.filter(({ to }) => to === respond.id);
  const node = last && more.length === 0 && !last.on ? nodes.find(({ id }) => id === last.from) : undefined;
  const asItIs = respond.settings?.expression === undefined;
  const output =
    asItIs && node?.worker && node.action ? actionOf(workers, node.worker, node.action)?.output : undefined;
  return { status, output };
}

function actionOf(workers: WorkerRegistry, worker: string, name: string): Action | undefined {
  return workers
    .offerings()
    .find((one) => one.worker === worker)
    ?.manifest.actions.find((one) => one.name === name);
}

/** Enough for a heading. */
export const firstLine = (text: string | undefined): string | undefined =>
  text?.split('\n', 1)[0]?.slice(0, 200) || undefined;
