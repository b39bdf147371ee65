// Live changes as server-sent events. Events are rows of the store, so a reader that comes back with Last-Event-ID
// misses nothing; the store is asked only while somebody listens.

import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import { LiveCounts } from '../observe/live-counts.ts';
import { changedTopics, topicsNow } from '../observe/live-topics.ts';
import type { Routes } from './parts.ts';

const LOOK_MS = 250;
const HEARTBEAT_MS = 15_000;
const BATCH = 500;
const Query = z.object({
  counts: z.boolean().default(false).describe('Also where all messages are (event "counts"), whenever that changes'),
  topics: z
    .boolean()
    .default(false)
    .describe('Also what else changed, such as workers (event "changed", with the names of what did)'),
});

export const eventRoutes: Routes = (app, { engine, log, ...parts }) => {
  const listeners = new Set<AbortController>();
  const counts = new LiveCounts(engine);
  app.addHook('preClose', async () => {
    for (const listener of listeners) listener.abort();
  });

  app.get<{ Querystring: z.output<typeof Query> }>(
    '/api/v1/events',
    {
      config: { scope: 'process:read' },
      schema: describe({ summary: 'Live changes (server-sent events)', tag: 'operation', query: Query }),
    },
    async (request, reply) => {
      const { counts: wantsCounts, topics: wantsTopics } = request.query;
      const given = Number(request.headers['last-event-id']);
      let seq = Number.isInteger(given) && given >= 0 ? given : await engine.reads.lastEventSeq();
      const gone = new AbortController();
      listeners.add(gone);
      reply.hijack();
      const { raw } = reply;
      raw.on('close', () => gone.abort());
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      raw.write(': connected\n\n');
      let spoken = Date.now();
      let counted = '';
      let topics = topicsNow(parts);
      try {
        while (!gone.signal.aborted) {
          const events = await engine.reads.events(seq, BATCH);
          for (const event of events)
            raw.write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
          if (events.length > 0) seq = events[events.length - 1]!.seq;
          if (wantsCounts) {
            const now = await counts.latest();
            if (now !== counted) raw.write(`event: counts\ndata: ${now}\n\n`);
            counted = now;
          }
          if (wantsTopics) {
            const now = topicsNow(parts);
            const changed = changedTopics(topics, now);
            if (changed.length > 0) raw.write(`event: changed\ndata: ${JSON.stringify(changed)}\n\n`);
            topics = now;
          }
          if (events.length > 0 || Date.now() - spoken > HEARTBEAT_MS) {
            if (events.length === 0) raw.write(': alive\n\n');
            spoken = Date.now();
          }
          if (events.length < BATCH) await pause(LOOK_MS, undefined, { signal: gone.signal });
        }
      } catch (error) {
        if (!gone.signal.aborted) log.warn('A stream of events broke.', { error });
      } finally {
        listeners.delete(gone);
        raw.end('event: closing\n\n');
      }
    },
  );
};
