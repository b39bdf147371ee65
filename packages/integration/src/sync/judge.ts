// What a step answered, as an answer to somebody who waits: every row of the outcome table has a status here.

import {
  type Called,
  FAULTS,
  type FaultCode,
  type Headers,
  type Item,
  type KeptBody,
  type Outcome,
  plainBody,
  SluiceError,
} from '@sluice/protocol';

/** When a step asks to be called again and does not say when. */
const DEFAULT_AGAIN_MS = 1_000;
const DEFAULT_LIMIT_MS = 10_000;

export type SyncAnswer =
  /** The one message the step made. */
  | { readonly kind: 'item'; readonly item: Item }
  /** One page of a batch; null = the last one. */
  | { readonly kind: 'page'; readonly items: readonly Item[]; readonly cursor: string | null }
  /** The step ended its branch, and that is fine. */
  | { readonly kind: 'stopped'; readonly reason: string };

/** @throws SluiceError for everything that is no answer */
export function judge(worker: string, result: Called, now: number): SyncAnswer {
  switch (result.kind) {
    case 'forward':
      return { kind: 'item', item: plainItem(result.item) };
    case 'split':
      return { kind: 'page', items: result.items.map(plainItem), cursor: result.cursor ?? null };
    case 'stop':
      return { kind: 'stopped', reason: result.reason };
    case 'unreachable':
      throw new SluiceError('sync.away', { worker, reason: result.reason });
    case 'unanswered':
      throw new SluiceError('sync.unanswered', { worker, reason: result.reason });
    case 'malformed':
      throw new SluiceError('sync.unreadable', { worker, reason: result.reason });
    default:
      throw faultOf(result, now);
  }
}

const plainItem = (item: Item<KeptBody>): Item => ({ ...item, body: plainBody(item.body) });

/** The verdict of a step that gave no output. */
export function faultOf(
  outcome: Extract<Outcome, { kind: 'redeliver' | 'limit' | 'hold' | 'fail' }>,
  now: number,
): SluiceError {
  const { reason } = outcome;
  switch (outcome.kind) {
    case 'redeliver':
      return new SluiceError('sync.busy', {
        reason,
        retryAfterMs: outcome.delayMs ?? DEFAULT_AGAIN_MS,
      }) as unknown as SluiceError;
    case 'limit':
      return limitReached(reason, outcome.untilMs === undefined ? DEFAULT_LIMIT_MS : outcome.untilMs - now);
    case 'hold':
      return new SluiceError('sync.held', { reason }) as unknown as SluiceError;
    case 'fail':
      return failed(outcome);
  }
}

export function limitReached(reason: string, retryAfterMs: number): SluiceError {
  return new SluiceError('limit.reached', {
    reason,
    retryAfterMs: Math.max(0, retryAfterMs),
  }) as unknown as SluiceError;
}

/** A failure with a name is the caller's to mend (422, or the status of that name), one without is the step's own (502). */
function failed({ reason, code, problems }: Extract<Outcome, { kind: 'fail' }>): SluiceError {
  if (code === 'step.input_invalid')
    return new SluiceError('step.input_invalid', { reason, problems: problems ?? [reason] }) as unknown as SluiceError;
  if (code === undefined || code === 'step.failed')
    return new SluiceError('sync.failed', { reason, as: 'step.failed' }) as unknown as SluiceError;
  const row = Object.hasOwn(FAULTS, code) ? FAULTS[code as FaultCode] : undefined;
  return new SluiceError('sync.refused', {
    reason,
    as: code,
    ...(row ? { httpStatus: row.status } : {}),
    ...(problems ? { problems } : {}),
  }) as unknown as SluiceError;
}

/** Headers of an item that an answer over HTTP may carry: those of applications (`x-…`). */
export function shownHeaders(headers: Headers = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => /^x-[a-z\d-]{1,100}$/i.test(name) && /^[\t\x20-\x7e]{0,8000}$/.test(value),
    ),
  );
}
