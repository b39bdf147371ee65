// A request that is repeated with its Idempotency-Key gets the answer of the first, also from another replica and after a restart.
//
// Per consumer and route a key has a lease while its request is under way, and an entry that says which request it was and what came
// of it. Whoever comes meanwhile is told to come back (409); another request under the same key is refused (422). When the holder dies
// its lease runs out, and the next repeat is sent again. Answers that ask for another try (5xx, 408, 425, 429) and problems of the gateway are not kept.

import { createHash, randomUUID } from 'node:crypto';
import type { DataStore } from '@sluice/engine';
import { type IdempotencyPolicy, SluiceError } from '@sluice/protocol';
import { bodyOf, readUpTo } from '../exchange/body.ts';
import type { Answer, Exchange, Policy } from '../exchange/exchange.ts';

const SPACE = 'gateway-idempotency';
const HEADER = 'idempotency-key';
const MOST_ANSWER = 1_048_576;
const CHUNK = 262_144;
const WAIT_MS = 1_000;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Kept {
  readonly fingerprint: string;
  /** Null while it is under way, or when whoever sent it died. */
  readonly answer: null | { readonly status: number; readonly headers: Answer['headers']; readonly large: boolean };
}

export interface IdempotencyParts {
  readonly data: DataStore;
  readonly now: () => number;
  readonly maxBodyBytes: number;
  /** How long a holder that does not renew is waited for. Default 30 s. */
  readonly leaseMs?: number;
}

export function idempotencyPolicy(
  route: string,
  rules: IdempotencyPolicy | undefined,
  parts: IdempotencyParts,
): Policy | null {
  if (!rules) return null;
  const { data, now, maxBodyBytes, leaseMs = 30_000 } = parts;
  const { required, keepMs } = rules;

  async function replayed(key: string, kept: Kept): Promise<Answer> {
    const { status, headers, large } = kept.answer!;
    if (large) throw new SluiceError('gateway.idempotency_answer_gone', {});
    const chunks: Buffer[] = [];
    for (let after: number | null = null; ; ) {
      const page = await data.page(SPACE, key, now(), { after, limit: 100 });
      chunks.push(...page.items.map(({ value }) => Buffer.from(value as string, 'base64')));
      if (page.next === null) break;
      after = page.next;
    }
    return { status, headers: { ...headers, 'idempotency-replayed': 'true' }, body: Buffer.concat(chunks) };
  }

  async function keep(key: string, fence: number, fingerprint: string, answer: Answer): Promise<Answer> {
    const { whole, body } = await readUpTo(answer.body, MOST_ANSWER);
    const at = now();
    const expiresAt = at + keepMs;
    // Left of a holder that died while it wrote.
    await data.drop(SPACE, key, at);
    if (whole && whole.length > 0) {
      const chunks: string[] = [];
      for (let from = 0; from < whole.length; from += CHUNK)
        chunks.push(whole.subarray(from, from + CHUNK).toString('base64'));
      await data.append(SPACE, key, chunks, at, { expiresAt });
    }
    const { 'set-cookie': _, 'content-length': __, ...headers } = answer.headers;
    const kept: Kept = { fingerprint, answer: { status: answer.status, headers, large: whole === null } };
    await data.set(SPACE, key, kept, at, { expiresAt, lease: { key, fence } });
    return { ...answer, body };
  }

  return (next) => async (exchange) => {
    const key = exchange.headers[HEADER];
    if (SAFE.has(exchange.line.method)) return next(exchange);
    if (key === undefined) {
      if (required) throw new SluiceError('gateway.idempotency_key_invalid', { why: 'this route needs one' });
      return next(exchange);
    }
    if (!/^[\x21-\x7e]{1,255}$/.test(key))
      throw new SluiceError('gateway.idempotency_key_invalid', { why: 'it is not 1 to 255 visible ASCII characters' });
    const name = nameOf(route, exchange, key);
    const fingerprint = await fingerprintOf(exchange, maxBodyBytes);
    const known = async (): Promise<Answer | null> => {
      const kept = (await data.get(SPACE, name, now()))?.value as Kept | undefined;
      if (kept && kept.fingerprint !== fingerprint) throw new SluiceError('gateway.idempotency_key_reused', {});
      return kept?.answer ? replayed(name, kept) : null;
    };
    const before = await known();
    if (before) return before;
    const lease = await data.acquire(SPACE, name, randomUUID(), leaseMs, now());
    if (!lease.acquired) throw new SluiceError('gateway.idempotency_busy', { retryAfterMs: WAIT_MS });
    const { fence } = lease;
    const renewing = setInterval(() => {
      // One that cannot be renewed is lost: what it wrote then is refused.
      data.renew(SPACE, name, fence, leaseMs, now()).catch(() => {});
    }, leaseMs / 3);
    try {
      // It may have ended between the look and the lease.
      const meanwhile = await known();
      if (meanwhile) return meanwhile;
      await data.set(SPACE, name, { fingerprint, answer: null } satisfies Kept, now(), {
        expiresAt: now() + keepMs,
        lease: { key: name, fence },
      });
      let answer: Answer | null = null;
      try {
        answer = await next(exchange);
      } finally {
        if (!answer || asksAgain(answer.status)) await data.delete(SPACE, name, now(), { lease: { key: name, fence } });
      }
      return asksAgain(answer.status) ? answer : await keep(name, fence, fingerprint, answer);
    } finally {
      clearInterval(renewing);
      await data.release(SPACE, name, fence);
    }
  };
}

const asksAgain = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

/** A key is a secret of its consumer: whoever guesses it from elsewhere finds nothing. */
function nameOf(route: string, { consumer, peer }: Exchange, key: string): string {
  const who = consumer ? `consumer ${consumer.name}` : `address ${peer.address}`;
  return createHash('sha256')
    .update(JSON.stringify([route, who, key]))
    .digest('base64url');
}

async function fingerprintOf(exchange: Exchange, maxBodyBytes: number): Promise<string> {
  const { line, query, headers } = exchange;
  const body = await bodyOf(exchange, maxBodyBytes);
  return createHash('sha256')
    .update(JSON.stringify([line.method, line.path, query, headers['content-type'] ?? '']))
    .update(body)
    .digest('base64url');
}
