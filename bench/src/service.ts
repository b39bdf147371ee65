// The service that does the work in every scenario, as a process of its own.
//
// It offers one piece of work three ways: as a plain HTTP endpoint (for the yardstick), as an action of an http worker,
// and as an action over the link. The work is the same: read the JSON of the message, change one field, answer JSON.

import { createServer } from 'node:http';
import { Batch, type Context, CustomNode, join, type Message, requestHandler } from '@sluice/sdk';
import { VALUE } from './value.ts';

const WORK_PATH = '/work';

class Work extends CustomNode {
  readonly name = 'work';
  process(message: Message): unknown {
    return work(message.json());
  }
}

class Fan extends Batch {
  readonly name = 'fan';
  process(message: Message, _context: Context) {
    const { items } = message.json<{ items: number }>();
    return { items: Array.from({ length: items }, (_, order) => ({ ...VALUE, order })) };
  }
}

function work(value: unknown): unknown {
  const order = value as { seen?: number };
  return { ...order, seen: (order.seen ?? 0) + 1 };
}

const steps = [new Work(), new Fan()];
const worker = requestHandler({ steps });

const server = createServer((request, response) => {
  if (request.url !== WORK_PATH) {
    worker(request, response);
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = JSON.stringify(work(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  });
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.send?.({ url: `http://127.0.0.1:${port}` });
});

process.on('message', async (request: { link?: { url: string; token: string } }) => {
  if (request.link) {
    const link = join({ steps, url: request.link.url, token: request.link.token });
    await link.ready;
    process.send?.({ joined: true });
  }
});
