// A remote service that counts its requests, and says that it is full when a test wants it to.

import { createServer, type IncomingHttpHeaders } from 'node:http';
import { closeNow, listening } from './loopback.ts';

export interface Counted {
  readonly at: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface CountingService {
  readonly url: string;
  readonly requests: Counted[];
  /** Answer 429 with this many seconds, once. */
  fullFor(seconds: number): void;
  close(): void;
}

export async function countingService(answerAfterMs = 0): Promise<CountingService> {
  const requests: Counted[] = [];
  let full: number | null = null;
  const server = createServer(async (request, response) => {
    const at = Date.now();
    let body = '';
    for await (const chunk of request) body += String(chunk);
    requests.push({ at, path: request.url!, headers: request.headers, body });
    if (answerAfterMs > 0) await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
    response.setHeader('content-type', 'application/json');
    if (full !== null) {
      response.writeHead(429, { 'retry-after': String(full) });
      full = null;
    }
    response.end(JSON.stringify({ path: request.url, body }));
  });
  return {
    url: await listening(server),
    requests,
    fullFor: (seconds) => {
      full = seconds;
    },
    close: () => closeNow(server),
  };
}

/** Most of these instants in any window of that length. */
export function busiest(times: readonly number[], windowMs: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [to, at] of sorted.entries()) {
    while (sorted[from]! <= at - windowMs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
