import { describe, expect, test } from 'vitest';
import { chain, Harness } from '../testing/harness.ts';

describe('house-keeping', () => {
  test('expired data of connectors is swept in turns, all of it, and what stays stays', async () => {
    const h = await Harness.start(chain('t', 'a'));
    const now = h.clock.now();
    for (let i = 0; i < 450; i++) await h.stores.data.set('s', `gone ${i}`, i, now, { expiresAt: now + 1_000 });
    await h.stores.data.append(
      's',
      'gone',
      Array.from({ length: 450 }, (_, i) => i),
      now,
      { expiresAt: now + 1_000 },
    );
    await h.stores.data.set('s', 'stays', 1, now);
    await h.stores.data.append('s', 'stays', [1], now);
    await h.clock.advance(2 * 60_000);
    expect([...h.disk.entries.get('s')!.keys()]).toEqual(['stays']);
    expect([...h.disk.collections.get('s')!.keys()]).toEqual(['stays']);
    expect(h.disk.dropped).toEqual([]);
  });
});
