import { describe, expect, test } from 'vitest';
import { Install } from '../application/install.ts';
import { Clients } from './clients.ts';

const install = (user: string, revision = 1): Install =>
  new Install({ application: 'a', user, enabled: true, revision, settings: {}, token: null, clear: {} });

function sourceOf() {
  const log: string[] = [];
  let made = 0;
  const broken = new Set<number>();
  return {
    log,
    broken: (client: number) => broken.has(client),
    breakIt: (client: number) => broken.add(client),
    async open({ user }: Install): Promise<number> {
      if (user === 'refused') throw new Error('refused');
      log.push(`open ${++made}`);
      return made;
    },
    close: (client: number) => void log.push(`close ${client}`),
  };
}

describe('clients that are kept between calls', () => {
  test('one is opened however many ask at once; another user and a changed install have their own', async () => {
    const clients = new Clients();
    const source = sourceOf();
    const used = await Promise.all(
      ['ann', 'ann', 'bob'].map((user) => clients.use(source, install(user), async (one) => one)),
    );
    expect(used).toEqual([1, 1, 2]);
    expect(await clients.use(source, install('ann', 2), async (one) => one)).toBe(3);
    await clients.close();
    expect(source.log).toEqual(['open 1', 'open 2', 'open 3', 'close 1', 'close 2', 'close 3']);
  });

  test('what is in use is closed with its work, whatever made it old', async () => {
    const clients = new Clients({ most: 1 });
    const source = sourceOf();
    let finish = (): void => {};
    const under = clients.use(source, install('ann'), () => new Promise<void>((resolve) => (finish = resolve)));
    await clients.use(source, install('bob'), async () => {});
    expect(source.log).toEqual(['open 1', 'open 2']);
    finish();
    await under;
    await clients.close();
    expect(source.log.sort()).toEqual(['close 1', 'close 2', 'open 1', 'open 2']);
    expect(clients.size).toBe(0);
  });

  test('one that is broken, or could not be opened, is not used again', async () => {
    const clients = new Clients();
    const source = sourceOf();
    await clients.use(source, install('ann'), async () => {});
    source.breakIt(1);
    expect(await clients.use(source, install('ann'), async (one) => one)).toBe(2);
    for (let time = 0; time < 2; time++)
      await expect(clients.use(source, install('refused'), async () => {})).rejects.toThrow('refused');
    expect(clients.size).toBe(1);
    await clients.close();
  });

  test('nobody uses it for a while, so it is closed', async () => {
    const clients = new Clients({ idleMs: 1 });
    const source = sourceOf();
    await clients.use(source, install('ann'), async () => {});
    await expect.poll(() => source.log).toEqual(['open 1', 'close 1']);
  });
});
