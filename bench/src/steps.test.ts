import { afterAll, beforeAll, expect, test } from 'vitest';
import { STEPS } from './pipes.ts';
import { type Fan, startFan } from './scenarios/fan-out.ts';
import { median } from './yardstick.ts';

const MESSAGES = 2_000;
const ROUNDS = 3;

let fan: Fan;
beforeAll(async () => {
  fan = await startFan('link', STEPS);
});
afterAll(() => fan?.stop());

// Round by round on both sides: what else the machine does meets both.
test('B18: three durable steps at a linked service take less time than three plain calls to it', async () => {
  await fan.byHand(MESSAGES);
  await fan.bySluice(MESSAGES);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const byHand = await fan.byHand(MESSAGES);
    ratios.push((await fan.bySluice(MESSAGES)) / byHand);
  }
  expect(median(ratios)).toBeLessThan(1);
});
