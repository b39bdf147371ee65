// Puts a flow together: workers of the SDK, remote services, and the engine's own harness.

import type { Stores } from '@sluice/engine';
import { Harness } from '@sluice/engine/harness';
import { type CallResult, type LinkRecord, SluiceError, type StepCall } from '@sluice/protocol';
import type { Offer } from '@sluice/sdk';
import { parseModel, type TopologyModel, WORKER_KINDS } from '@sluice/topology';
import type { TestInstall } from '../platform/platform.ts';
import { type Remote, remote as remotes } from '../remote/remote.ts';
import type { CrashPlan } from '../search/every-crash.ts';
import { instant } from './duration.ts';
import { Faults } from './faults.ts';
import { Flow } from './flow.ts';
import { hostOf } from './host.ts';
import { type TestWorker, testWorker } from './worker.ts';

export interface FlowOptions {
  /** What each worker of the topology offers, by name. */
  readonly workers?: Readonly<Record<string, Offer>>;
  /** Chooses the order of what is ready at the same time, and all chance; without it the order of arrival. */
  readonly seed?: number | undefined;
  /** Who answers the requests of the steps; without it a request fails the test. */
  readonly remote?: Remote | undefined;
  /** Applications that users have installed. */
  readonly installs?: readonly TestInstall[] | undefined;
  /** From `everyCrash`. */
  readonly crash?: CrashPlan | undefined;
  /** ISO date at which the virtual clock begins; default 2026-01-01. */
  readonly beginAt?: string | undefined;
  /** Opens the store, again after every crash; default memory. */
  readonly openStores?: (() => Promise<Stores>) | undefined;
}

/**
 * Run topologies in this process: the engine of the platform on a virtual clock, with the steps themselves.
 * @param models  as the editor saves them
 * @throws SluiceError `topology.invalid`, `test.worker_missing`
 */
export async function testFlow(models: unknown, options: FlowOptions = {}): Promise<Flow> {
  const topologies = (Array.isArray(models) ? models : [models]).map(modelOf);
  const records: LinkRecord[] = [];
  const faults = new Faults();
  const workers = new Map<string, TestWorker>();
  const { seed, remote = remotes.script([]), crash, beginAt, openStores, installs = [] } = options;
  const harness: Harness = new Harness({
    workers: Object.fromEntries(
      Object.keys(options.workers ?? {}).map((name) => [name, (call) => answer(workers.get(name)!, call)]),
    ),
    restarts: true,
    housekeeping: false,
    ...(seed === undefined ? {} : { seed }),
    ...(beginAt === undefined ? {} : { beginAt: instant(beginAt) }),
    ...(openStores === undefined ? {} : { openStores }),
  });
  const host = hostOf({ harness, remote, installs, onRecord: (record) => records.push(record) });
  for (const [name, offer] of Object.entries(options.workers ?? {})) workers.set(name, testWorker(offer, host));
  checkWorkers(topologies, workers);

  const answer = (worker: TestWorker, call: StepCall): Promise<CallResult> =>
    faults.meet({
      call,
      run: () => worker.call(call),
      silence: () => {
        harness.interleaver.pause();
        return new Promise(() => {});
      },
      now: harness.clock.now(),
    });

  await harness.boot();
  for (const model of topologies) await harness.deploy(model);
  crash?.begin(harness);
  const applications = [...workers.values()].flatMap(({ manifest }) => manifest.applications);
  return new Flow({ harness, models: topologies, applications, faults, remote, seed, records });
}

function modelOf(raw: unknown): TopologyModel {
  const parsed = parseModel(raw);
  if (parsed.ok) return parsed.model;
  throw new SluiceError('topology.invalid', {
    name: String((raw as { name?: unknown } | null)?.name),
    problems: parsed.problems,
  });
}

/** Every step that a topology names must be there, or its messages would wait for ever. */
function checkWorkers(models: readonly TopologyModel[], workers: ReadonlyMap<string, TestWorker>): void {
  const missing: string[] = [];
  for (const { name, nodes } of models)
    for (const { id, kind, worker = '', action } of nodes) {
      if (!WORKER_KINDS.has(kind)) continue;
      const actions = workers.get(worker)?.manifest.actions;
      if (actions?.some((offered) => offered.kind === kind && offered.name === action)) continue;
      const has = actions
        ? `it has ${actions.map((one) => `${one.kind} "${one.name}"`).join(', ') || 'nothing'}`
        : 'there is no such worker';
      missing.push(`node "${id}" of "${name}" wants ${kind} "${action}" of worker "${worker}", and ${has}`);
    }
  if (missing.length > 0) throw new SluiceError('test.worker_missing', { missing });
}
