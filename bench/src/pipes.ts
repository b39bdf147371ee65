// Topologies of the bench, how they are put on a platform, and how they are run.

import { ADMIN_TOKEN, call, type Platform, type Service } from './processes.ts';
import { BODY } from './value.ts';
import { CONCURRENCY, concurrently } from './yardstick.ts';

export type Transport = 'http' | 'link';

/** Of a pipe, and of each item in the scenario `steps`. */
export const STEPS = 3;

export async function addWorker(platform: Platform, service: Service, transport: Transport): Promise<void> {
  if (transport === 'http') await call(platform.api, 'POST', '/api/v1/workers', { name: 'http', url: service.url });
  else {
    const { token } = await call<{ token: string }>(platform.api, 'POST', '/api/v1/workers', { name: 'link' });
    await service.join(platform.url, token);
  }
}

/** start → n times the same work, all on one worker. */
export async function installPipe(
  platform: Platform,
  name: string,
  worker: Transport,
  steps: number,
  respond = false,
): Promise<void> {
  await install(platform, name, [
    { id: 'in', kind: 'start' },
    ...works(worker, steps),
    ...(respond ? [{ id: 'out', kind: 'respond' }] : []),
  ]);
}

/** start → batch → n times the same work, all on one worker. */
export async function installFan(platform: Platform, worker: Transport, steps: number): Promise<void> {
  await install(platform, fanOf(worker), [
    { id: 'in', kind: 'start' },
    { id: 'fan', kind: 'batch', worker, action: 'fan' },
    ...works(worker, steps),
  ]);
}

const fanOf = (worker: Transport): string => `fan-${worker}`;

const works = (worker: Transport, steps: number): Node[] =>
  Array.from({ length: steps }, (_, index) => ({
    id: `step-${index + 1}`,
    kind: 'custom',
    worker,
    action: 'work',
    settings: { prefetch: 256 },
  }));

interface Node {
  readonly id: string;
  readonly kind: string;
  readonly [setting: string]: unknown;
}

/** Nodes that follow each other. */
async function install(platform: Platform, name: string, nodes: readonly Node[]): Promise<void> {
  const connections = nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]!.id, to: id }));
  const model = { name, nodes, connections };
  const { version } = await call<{ version: number }>(platform.api, 'POST', '/api/v1/topologies', model);
  await call(platform.api, 'POST', `/api/v1/topologies/${name}/versions/${version}/publish`);
  await call(platform.api, 'POST', `/api/v1/topologies/${name}/versions/${version}/enable`);
}

/** Send one message; resolved when it is accepted, that is, on disk. */
export async function send(platform: Platform, name: string, body: string, query = ''): Promise<void> {
  const answer = await platform.api.request({
    method: 'POST',
    path: `/run/${name}/in${query}`,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body,
  });
  await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`a message was refused with ${answer.statusCode}`);
}

interface Ledger {
  readonly accepted: number;
  readonly emitted: number;
  readonly finished: number;
  readonly trash: number;
  readonly balanced: boolean;
}

/** So many messages through a pipe, 64 requests at once. @returns milliseconds until all are finished */
export async function runPipe(platform: Platform, name: string, messages: number): Promise<number> {
  const began = performance.now();
  await concurrently(messages, CONCURRENCY, () => send(platform, name, BODY));
  await finished(platform, name);
  return performance.now() - began;
}

/** One message that becomes so many. @returns milliseconds until all are finished */
export async function runFan(platform: Platform, worker: Transport, items: number): Promise<number> {
  const name = fanOf(worker);
  const began = performance.now();
  await send(platform, name, JSON.stringify({ items }), '?wait=60s');
  await finished(platform, name);
  return performance.now() - began;
}

/** Wait until everything of a topology is finished. @throws Error when something went to trash or is missing */
async function finished(platform: Platform, name: string): Promise<void> {
  for (;;) {
    const { accepted, emitted, finished, trash, balanced } = await call<Ledger>(
      platform.api,
      'GET',
      `/api/v1/ledger?topology=${name}`,
    );
    if (trash > 0 || !balanced)
      throw new Error(
        `the ledger of ${name} is wrong: ${JSON.stringify({ accepted, emitted, finished, trash, balanced })}`,
      );
    if (accepted + emitted === finished) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
