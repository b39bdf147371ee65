// Plays a golden folder: what comes from outside, at its times, until nothing moves any more.

import { inWords, milliseconds } from '../flow/duration.ts';
import type { Flow } from '../flow/flow.ts';
import { type FlowOptions, testFlow } from '../flow/test-flow.ts';
import { remote } from '../remote/remote.ts';
import type { Golden, GoldenEvent } from './folder.ts';

export type PlayOptions = Pick<FlowOptions, 'openStores' | 'seed'>;

/** @returns its journal */
export async function playGolden(golden: Golden, options: PlayOptions = {}): Promise<string> {
  const flow = await testFlow([golden.model, ...golden.others], {
    ...options,
    workers: golden.workers(),
    remote: remote.script(golden.remote()),
  });
  let journal: string;
  try {
    const events = golden.events.map((event) => ({ event, at: milliseconds(event.at) })).sort((a, b) => a.at - b.at);
    for (const { event, at } of events) {
      await flow.advance(Math.max(0, at - flow.elapsed));
      await happen(flow, event);
      await flow.settle();
    }
    await flow.finish();
    journal = `${await flow.journal()}ended after ${inWords(flow.elapsed)}\n`;
  } catch (error) {
    await flow.close().catch(() => {}); // what broke first is what counts
    throw error;
  }
  await flow.close();
  return journal;
}

async function happen(flow: Flow, event: GoldenEvent): Promise<void> {
  if ('fail' in event) return flow.fail(event.fail, event);
  if ('crash' in event) return flow.crash({ at: event.crash, occurrence: event.occurrence });
  if ('act' in event) {
    if (event.act === 'replay-trash') for (const message of await flow.trash()) await message.replay();
    if (event.act === 'discard-trash') for (const message of await flow.trash()) await message.discard();
    if (event.act === 'accept-tasks') for (const task of await flow.tasks()) await task.accept();
    if (event.act === 'reject-tasks') for (const task of await flow.tasks()) await task.reject();
    return;
  }
  const { start, body, topology, user, headers, contentType, key } = event;
  await flow.start(start, body, {
    ...(topology === undefined ? {} : { topology }),
    user,
    headers,
    contentType,
    idempotencyKey: key,
  });
}
