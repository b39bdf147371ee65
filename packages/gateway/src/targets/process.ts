// Start a process: 202 as soon as it is durable.

import { type TargetOf, TRACE_HEADERS } from '@sluice/protocol';
import { bodyOf, messageBody } from '../exchange/body.ts';
import type { Exchange, Handler } from '../exchange/exchange.ts';
import type { Processes, WholeRequest } from '../ports/processes.ts';

export function processTarget(target: TargetOf<'process'>, processes: Processes, maxBodyBytes: number): Handler {
  return async (exchange) => {
    const { processId } = await processes.start(
      target.topology,
      target.start,
      await wholeRequest(exchange, target.user, maxBodyBytes),
    );
    return {
      status: 202,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ processId }),
    };
  };
}

/** A request as a message: its own headers only, those that begin with `x-`, and its trace. */
export async function wholeRequest(
  exchange: Exchange,
  user: string | undefined,
  maxBodyBytes: number,
): Promise<WholeRequest> {
  return {
    body: messageBody(await bodyOf(exchange, maxBodyBytes)),
    contentType: exchange.headers['content-type'] ?? '',
    headers: carried(exchange.headers),
    user: user ?? exchange.user,
    idempotencyKey: exchange.headers['idempotency-key'],
    signal: exchange.signal,
  };
}

/** Headers that travel with a message. */
export function carried(headers: Exchange['headers']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in headers)
    if ((name.startsWith('x-') && !name.startsWith('x-forwarded-')) || TRACE_HEADERS.has(name))
      kept[name] = headers[name]!;
  return kept;
}
