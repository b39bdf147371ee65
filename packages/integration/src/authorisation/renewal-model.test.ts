// Renewal under every order of things that a seed finds: processes that end between any two writes, answers that are lost,
// providers that are away. Whatever happens, no refresh token is used twice.

import { setImmediate as turn } from 'node:timers/promises';
import type { RecordStore } from '@sluice/engine';
import type { Wire } from '@sluice/sdk';
import { expect, test } from 'vitest';
import type { Integration } from '../index.ts';
import { authorised, oauth2At, USER, World } from '../testing/world.ts';

const SEEDS = 30;
const LIFETIME_S = 1_000;

type Chance = (below: number) => number;

function chanceOf(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await turn();
}

const never = new Promise<never>(() => {});

/** Rotates, and watches for reuse. */
class Provider {
  /** The one that is good now. */
  #good = '';
  #count = 0;
  reused = 0;
  /** Answers that did not arrive. */
  lost = 0;
  readonly chance: Chance;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  wire(faults: () => boolean, isDead: () => boolean): Wire {
    return async ({ body }) => {
      await turns(this.chance(4));
      if (isDead()) return never;
      const fault = faults() ? this.chance(8) : 7;
      if (fault === 0) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
      if (fault === 1) return answer(503, {});
      const form = new URLSearchParams(String(body));
      const given = form.get('refresh_token');
      if (given !== null && given !== this.#good) {
        this.reused++;
        return answer(400, { error: 'invalid_grant' });
      }
      this.#good = `refresh-${++this.#count}`;
      const said = { access_token: `access-${this.#count}`, refresh_token: this.#good, expires_in: LIFETIME_S };
      await turns(this.chance(12));
      if (isDead()) {
        this.lost++;
        return never;
      }
      if (fault === 2 && given !== null) {
        this.lost++;
        throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      }
      return answer(200, said);
    };
  }
}

const answer = (status: number, body: unknown) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: (async function* () {
    yield Buffer.from(JSON.stringify(body));
  })(),
});

/** A process: from its end on, nothing it does is done, and nothing it asked is answered. */
class Process {
  dead = false;
  readonly platform: Integration;

  constructor(world: World, provider: Provider, faults: () => boolean) {
    const { chance } = provider;
    const through = async <T>(work: () => Promise<T>): Promise<T> => {
      await turns(chance(3));
      if (this.dead) return never;
      const result = await work();
      await turns(chance(3));
      return this.dead ? never : result;
    };
    const { records } = world;
    const mortal: RecordStore = {
      get: (...asked) => through(() => records.get(...asked)),
      list: (...asked) => through(() => records.list(...asked)),
      write: (changes) => through(() => records.write(changes)),
    };
    const wire = provider.wire(faults, () => this.dead);
    this.platform = world.platform({ lookMs: 1, waitMs: 60_000 }, undefined, [], { records: mortal, wire });
  }
}

test('B9: over processes that end anywhere, lost answers and absent providers, no refresh token is used twice', async () => {
  let [broken, crashes, renewed] = [0, 0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const chance = chanceOf(seed);
    const world = new World(oauth2At('https://provider.example'));
    const provider = new Provider(chance);
    let unkind = false;
    const begin = (): Process => new Process(world, provider, () => unkind);
    const processes = [begin(), begin(), begin()];
    await authorised(processes[0]!.platform);

    for (let round = 0; round < 6; round++) {
      world.now += LIFETIME_S * 1_000;
      unkind = true;
      const asked = Array.from({ length: 9 }, (_, n) =>
        processes[n % 3]!.platform.installs.forWorker('app', USER).catch(() => null),
      );
      const victim = chance(6);
      const { lost } = provider;
      if (victim < 3) {
        await turns(chance(25));
        processes[victim]!.dead = true;
        crashes++;
        processes[victim] = begin();
        await processes[victim]!.platform.start(false);
        // Longer than anybody asks: what the dead one held is settled by whoever looks.
        await turns(60);
        world.now += 200_000;
      }
      await Promise.all(asked.filter((_, n) => n % 3 !== victim));

      unkind = false;
      await turns(40);
      world.now += 200_000;
      const { platform } = processes[chance(3)]!;
      if ((await platform.installs.view('app', USER)).authorised === 'broken') {
        broken++;
        // Nobody is asked to authorise again without a reason.
        expect(victim < 3 || provider.lost > lost, `seed ${seed}, round ${round}`).toBe(true);
        await authorised(platform);
      } else renewed++;
      const { token } = await platform.installs.forWorker('app', USER);
      expect(token!.accessToken, `seed ${seed}`).toMatch(/^access-/);
      expect(provider.reused, `seed ${seed}, round ${round}`).toBe(0);
    }
    for (const process of processes) process.dead = true;
  }
  expect([crashes > 15, broken > 3, renewed > 50]).toEqual([true, true, true]);
}, 120_000);
