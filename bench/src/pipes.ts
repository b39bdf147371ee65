// Topologies of the bench, and how they are put on a platform.

import { ADMIN_TOKEN, call, type Platform, type Service } from './processes.ts';

export type Transport = 'http' | 'link';

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
  const ids = Array.from({ length: steps }, (_, index) => `step-${index + 1}`);
  const chain = ['in', ...ids, ...(respond ? ['out'] : [])];
  await install(platform, {
    name,
    nodes: [
      { id: 'in', kind: 'start' },
      ...ids.map((id) => ({ id, kind: 'custom', worker, action: 'work', settings: { prefetch: 256 } })),
      ...(respond ? [{ id: 'out', kind: 'respond' }] : []),
    ],
    connections: chain.slice(1).map((to, index) => ({ from: chain[index]!, to })),
  });
}

export async function installFan(platform: Platform, worker: Transport): Promise<void> {
  await install(platform, {
    name: `fan-${worker}`,
    nodes: [
      { id: 'in', kind: 'start' },
      { id: 'fan', kind: 'batch', worker, action: 'fan' },
      { id: 'sink', kind: 'custom', worker, action: 'sink', settings: { prefetch: 256 } },
    ],
    connections: [
      { from: 'in', to: 'fan' },
      { from: 'fan', to: 'sink' },
    ],
  });
}

async function install(
  platform: Platform,
  model: { name: string; nodes: unknown[]; connections: unknown[] },
): Promise<void> {
  const { version } = await call<{ version: number }>(platform.api, 'POST', '/api/v1/topologies', model);
  await call(platform.api, 'POST', `/api/v1/topologies/${model.name}/versions/${version}/publish`);
  await call(platform.api, 'POST', `/api/v1/topologies/${model.name}/versions/${version}/enable`);
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

/** Wait until everything of a topology is finished. @throws Error when something went to trash or is missing */
export async function finished(platform: Platform, name: string): Promise<void> {
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
