// What is called without a route of the gateway: starts of enabled topologies, connectors, methods of applications (R50).

import type { DescribedCall } from '@sluice/openapi';
import { firstLine, type Known, processContract } from './contracts.ts';

/** Only what can be called now or when its worker is back; in an order that does not change. */
export async function describedCalls(known: Known, sync: boolean): Promise<DescribedCall[]> {
  return [...(await starts(known)), ...(sync ? [...actions(known), ...methods(known)] : [])];
}

async function starts(known: Known): Promise<DescribedCall[]> {
  const { engine } = known;
  if (!engine.processes) return [];
  const entries = (await engine.topologies.entries()).filter(({ node }) => node.kind === 'start');
  const calls = entries.map(async ({ plan, node }) => {
    const contract = await processContract(known, plan.topology, node.id);
    return {
      path: path('run', plan.topology, node.id),
      method: 'POST',
      tag: 'processes',
      summary: contract?.summary ?? `Start ${plan.topology}`,
      description: 'Answers 202 as soon as the message is durable; with `?wait=30s` what the process responds with.',
      scope: 'run',
      contract: { input: contract?.input, status: 202, output: PROCESS_STARTED },
    };
  });
  return (await Promise.all(calls)).sort(byPath);
}

function actions({ workers }: Known): DescribedCall[] {
  return workers
    .offerings()
    .flatMap(({ worker, manifest }) =>
      manifest.actions.map(({ name, kind, description, input, output }) => ({
        path: path('sync', 'workers', worker, name),
        method: 'POST',
        tag: 'connectors',
        summary: firstLine(description) ?? `Call ${kind} ${name} of ${worker}`,
        scope: 'sync:call',
        contract: { input, output },
      })),
    )
    .sort(byPath);
}

function methods({ integration }: Known): DescribedCall[] {
  return integration.applications
    .list()
    .flatMap(({ key, methods: offered }) =>
      offered.flatMap(({ name, methods: verbs, description, input, output }) =>
        verbs.map((method) => ({
          path: path('sync', 'applications', key, name),
          method,
          tag: 'methods',
          summary: firstLine(description) ?? `Call ${name} of ${key}`,
          scope: 'sync:call',
          contract: { input, output },
        })),
      ),
    )
    .sort(byPath);
}

const PROCESS_STARTED = {
  type: 'object',
  required: ['processId'],
  properties: {
    processId: { type: 'string' },
    duplicate: { type: 'boolean', description: 'The idempotency key was known: the process of the first start.' },
  },
};

const path = (...parts: readonly string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;
const byPath = (a: DescribedCall, b: DescribedCall): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
