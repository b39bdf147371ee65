// Does what a plan says, in the order in which least can go wrong: first every new version is stored and published, which
// touches no traffic; then traffic moves, one topology at a time; what retires goes last.

import type { SluiceClient } from '@sluice/client';
import { InputError } from '../exit.ts';
import { say } from '../output.ts';
import type { Step } from './plan.ts';

export async function carryOut({ topologies }: SluiceClient, steps: readonly Step[]): Promise<void> {
  const ready: { name: string; version: number }[] = [];
  try {
    for (const step of steps) {
      if (step.act === 'retire') continue;
      const version = step.act === 'enable' ? step.version : await save(topologies, step);
      await topologies.publish(step.name, version);
      ready.push({ name: step.name, version });
    }
  } catch (error) {
    const done = ready.map(({ name, version }) => `"${name}" v${version}`).join(', ');
    say(`Stopped. Published so far: ${done || 'nothing'}. No traffic was moved.`);
    throw error;
  }
  for (const { name, version } of ready) {
    await topologies.enable(name, version);
    say(`Topology "${name}" v${version} is enabled.`);
  }
  for (const step of steps) {
    if (step.act !== 'retire') continue;
    await topologies.disable(step.name, step.version);
    say(`Topology "${step.name}" v${step.version} is disabled; what runs goes on.`);
  }
}

async function save(
  topologies: SluiceClient['topologies'],
  step: Step & { act: 'create' | 'update' },
): Promise<number> {
  const { newest } = step.seen;
  const expected = newest === null ? 1 : newest.state === 'draft' ? newest.version : newest.version + 1;
  const { version } = await topologies.save(step.model);
  if (version === expected) return version;
  throw new InputError(
    `Somebody stored a version of "${step.name}" in this moment: v${expected} was expected, v${version} came. Make the plan anew.`,
  );
}
