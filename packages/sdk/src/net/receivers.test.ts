import { describe, expect, test } from 'vitest';
import { type Receiver, Receivers } from '../index.ts';

/** Numbers from 0 on, that are there again when they were not acknowledged. */
function brokerOf(count: number) {
  const there = Array.from({ length: count }, (_, n) => n);
  const log: string[] = [];
  const open = async (): Promise<Receiver<number>> => {
    const given: number[] = [];
    log.push('open');
    return {
      async take(most) {
        const taken = there.splice(0, most);
        given.push(...taken);
        return taken;
      },
      async acknowledge(messages) {
        log.push(`acknowledge ${messages.join(' ')}`);
        given.splice(0, messages.length);
      },
      close() {
        log.push('close');
        there.unshift(...given);
      },
    };
  };
  return { there, log, open };
}

describe('messages of a broker as pages', () => {
  const options = { key: 'a', size: 2, limit: 100 };

  test('a page is acknowledged with the next one, and given again when it is asked for again', async () => {
    const { log, open, there } = brokerOf(3);
    const receivers = new Receivers<number>();
    const first = await receivers.page({ ...options, cursor: null }, open);
    expect(first.items).toEqual([0, 1]);
    expect(await receivers.page({ ...options, cursor: null }, open)).toEqual(first);
    expect(log).toEqual(['open']);
    const second = await receivers.page({ ...options, cursor: first.cursor! }, open);
    expect(second.items).toEqual([2]);
    expect(await receivers.page({ ...options, cursor: second.cursor! }, open)).toEqual({ items: [] });
    expect([log, there]).toEqual([['open', 'acknowledge 0 1', 'acknowledge 2', 'close'], []]);
  });

  test('what is not acknowledged goes back: the worker leaves, or nobody goes on for a while', async () => {
    const { open, there } = brokerOf(3);
    const receivers = new Receivers<number>();
    await receivers.page({ ...options, cursor: null }, open);
    await receivers.close();
    expect(there).toEqual([0, 1, 2]);
    await new Receivers<number>(1).page({ ...options, cursor: null }, open);
    await expect.poll(() => there).toEqual([0, 1, 2]);
  });

  test('a cursor of a worker that is gone goes on with what the broker gives; the limit counts on', async () => {
    const { open } = brokerOf(9);
    const receivers = new Receivers<number>();
    const { items, cursor } = await receivers.page({ ...options, limit: 5, cursor: '3.4' }, open);
    expect([items, cursor]).toEqual([[0], '4.5']);
    expect(await receivers.page({ ...options, limit: 5, cursor: cursor! }, open)).toEqual({ items: [] });
  });

  test('a broker that breaks off leaves nothing behind, and a cursor that is none is refused', async () => {
    const receivers = new Receivers<number>();
    const closed: string[] = [];
    const broken = async (): Promise<Receiver<number>> => ({
      take: () => Promise.reject(new Error('gone')),
      acknowledge: async () => {},
      close: () => closed.push('closed'),
    });
    await expect(receivers.page({ ...options, cursor: null }, broken)).rejects.toThrow('gone');
    expect(closed).toEqual(['closed']);
    for (const cursor of ['', '1', '1.x', '-1.0', '1.2.3', '9'.repeat(30)])
      await expect(receivers.page({ ...options, cursor }, broken), cursor).rejects.toThrow('cursor');
  });
});
