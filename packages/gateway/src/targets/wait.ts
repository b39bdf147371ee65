// Run a process and answer what its respond node says; when that takes too long, 202 and where to come back to.

import { SluiceError, type TargetOf } from '@sluice/protocol';
import { type AnswerAddresses, readAddress } from '../answers/addresses.ts';
import type { Answer, Exchange, Handler } from '../exchange/exchange.ts';
import type { Processes, ProcessResult } from '../ports/processes.ts';
import { wholeRequest } from './process.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export interface WaitParts {
  readonly route: string;
  readonly processes: Processes;
  readonly addresses: AnswerAddresses;
  readonly maxBodyBytes: number;
}

export function waitTarget(target: TargetOf<'wait'>, parts: WaitParts): Handler {
  return async (exchange) => {
    const request = await wholeRequest(exchange, target.user, parts.maxBodyBytes);
    const { processId, result } = await parts.processes.ask(target.topology, target.start, request, target.waitMs);
    return answerOf(result, processId, parts.addresses.of(parts.route, processId, nameOf(exchange)));
  };
}

/** Answers a client that comes back; the access policy of the route stands before it. */
export function answersTarget({ route, processes, addresses }: WaitParts): Handler {
  return async (exchange) => {
    const { path } = exchange.line;
    const address = readAddress(path);
    // Another consumer learns nothing, not even that there is such a process.
    if (!address || address.route !== route || !addresses.isTrue(address, nameOf(exchange)))
      throw new SluiceError('gateway.not_found', { method: exchange.line.method, path });
    return answerOf(await processes.result(address.processId), address.processId, path);
  };
}

const nameOf = ({ consumer }: Exchange): string | null => consumer?.name ?? null;

function answerOf(result: ProcessResult, processId: string, address: string): Answer {
  const own = { 'sluice-process-id': processId };
  switch (result.kind) {
    case 'answer':
      return {
        status: result.status,
        headers: {
          ...lowerCase(result.headers),
          ...own,
          'content-type': result.contentType || 'application/octet-stream',
        },
        body: result.body,
      };
    case 'ended':
      return {
        status: 200,
        headers: { ...own, 'content-type': JSON_TYPE },
        body: JSON.stringify({ processId, status: result.status }),
      };
    case 'running':
      return {
        status: 202,
        headers: {
          ...own,
          'content-type': JSON_TYPE,
          location: address,
          'retry-after': '1',
          'cache-control': 'no-store',
        },
        body: JSON.stringify({ processId, status: 'running', statusUrl: address }),
      };
  }
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
