// Several targets at once, their answers as members of one JSON object.

import { SluiceError, type TargetOf } from '@sluice/protocol';
import { discard } from '../exchange/answer.ts';
import { bodyOf, readAll } from '../exchange/body.ts';
import type { Answer, Exchange, Handler } from '../exchange/exchange.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

export interface AggregateLimits {
  /** For all parts together. */
  readonly timeoutMs: number | undefined;
  /** Of the request, and of all answers together. */
  readonly maxBodyBytes: number;
}

interface Part {
  readonly name: string;
  readonly required: boolean;
  readonly method: Exchange['line']['method'] | undefined;
  readonly handler: Handler;
}

type Outcome = { readonly value: unknown } | { readonly failure: SluiceError };

/** @param handlerOf  the handler of one part */
export function aggregateTarget(
  target: TargetOf<'aggregate'>,
  { timeoutMs = DEFAULT_TIMEOUT_MS, maxBodyBytes }: AggregateLimits,
  handlerOf: (part: TargetOf<'aggregate'>['parts'][string]['target']) => Handler,
): Handler {
  const parts: Part[] = Object.entries(target.parts).map(([name, part]) => ({
    name,
    required: part.required,
    method: part.method,
    handler: handlerOf(part.target),
  }));
  return async (exchange) => {
    const body = await bodyOf(exchange, maxBodyBytes);
    const room = { left: maxBodyBytes };
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    exchange.whenGone(() => late.abort());
    try {
      const outcomes = await Promise.all(
        parts.map((part) =>
          outcomeOf(
            part,
            exchange.part(part.method ?? exchange.line.method, bodyFor(part, body, exchange), late.signal),
            timeoutMs,
            room,
          ),
        ),
      );
      return wholeOf(parts, outcomes);
    } finally {
      clearTimeout(timer);
      // Nothing that is still under way is waited for.
      late.abort();
    }
  };
}

const bodyFor = ({ method }: Part, body: Buffer, { line }: Exchange): Buffer | null =>
  body.length === 0 || (method ?? line.method) === 'GET' ? null : body;

async function outcomeOf(part: Part, exchange: Exchange, timeoutMs: number, room: { left: number }): Promise<Outcome> {
  if (exchange.body === null) {
    delete exchange.headers['content-length'];
    delete exchange.headers['content-type'];
  }
  // A compressed part could not be a member of anything.
  exchange.headers['accept-encoding'] = 'identity';
  try {
    return {
      value: await memberOf(
        part,
        await inTime(part.handler(exchange), exchange.signal, timeoutMs),
        exchange.signal,
        timeoutMs,
        room,
      ),
    };
  } catch (error) {
    if (error instanceof SluiceError) return { failure: error as SluiceError };
    throw error;
  }
}

async function memberOf(
  { name }: Part,
  answer: Answer,
  signal: AbortSignal,
  timeoutMs: number,
  room: { left: number },
): Promise<unknown> {
  if (answer.status >= 300) {
    discard(answer.body);
    throw broke(`the part "${name}" answered ${answer.status}`);
  }
  const bytes = await inTime(readAll(answer.body, Math.max(0, room.left)), signal, timeoutMs).catch(
    (cause: unknown) => {
      discard(answer.body);
      if (cause instanceof SluiceError && cause.code === 'gateway.timeout') throw cause;
      throw broke(`the part "${name}" broke off, or all parts together are too large`);
    },
  );
  room.left -= bytes.length;
  if (room.left < 0) throw broke('all parts together are too large');
  if (bytes.length === 0) return null;
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(String(answer.headers['content-type'] ?? '')))
    return bytes.toString('utf8');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw broke(`the part "${name}" says that it is JSON, and is not`);
  }
}

function inTime<T>(work: Promise<T>, signal: AbortSignal, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new SluiceError('gateway.timeout', { timeoutMs }));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}

/** Parts that may be missing are `null`, and are named in `sluice-missing-parts`. */
function wholeOf(parts: readonly Part[], outcomes: readonly Outcome[]): Answer {
  const missing: string[] = [];
  const whole: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [index, { name, required }] of parts.entries()) {
    const outcome = outcomes[index]!;
    if ('value' in outcome) whole[name] = outcome.value;
    else if (required)
      throw new SluiceError('gateway.part_failed', {
        part: name,
        reason: outcome.failure.message,
        cause: outcome.failure.code,
      });
    else {
      whole[name] = null;
      missing.push(name);
    }
  }
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(missing.length > 0 ? { 'sluice-missing-parts': missing.map(encodeURIComponent).join(', ') } : {}),
    },
    body: JSON.stringify(whole),
  };
}

const broke = (reason: string): SluiceError =>
  new SluiceError('gateway.upstream_broke', { reason }) as unknown as SluiceError;
