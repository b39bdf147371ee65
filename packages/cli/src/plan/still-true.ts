// Whether a stored plan may still be carried out: on this platform, in the state that it was made for, as it was reviewed.

import { isDeepStrictEqual } from 'node:util';
import type { SluiceClient } from '@sluice/client';
import { EnvironmentError, InputError } from '../exit.ts';
import { changesFrom, seenOf, stored } from './compute.ts';
import type { Plan, Step } from './plan.ts';

const ANEW = 'Nothing was changed. Make the plan anew with `sluice topology plan`.';

/** @throws EnvironmentError, InputError */
export async function checkPlan(client: SluiceClient, plan: Plan): Promise<void> {
  const { id } = await client.platform();
  if (id !== plan.platform.id)
    throw new EnvironmentError(
      `The plan was made for the platform at ${plan.platform.url} (${plan.platform.id}), this is another one (${id}). Nothing was changed. Set SLUICE_URL, or make a plan for this one.`,
    );
  const now = await seenOf(client);
  const moved = plan.steps.filter(
    ({ name, seen }) => !isDeepStrictEqual(now.get(name) ?? { enabled: null, newest: null }, seen),
  );
  if (moved.length > 0)
    throw new InputError(`The platform moved on since the plan was made: ${moved.map(nameOf).join(', ')}. ${ANEW}`);
  const problems: string[] = [];
  for (const step of plan.steps) problems.push(...(await problemsOf(client, step)));
  if (problems.length > 0) throw new InputError(`The plan cannot be carried out. ${ANEW}`, { problems });
}

/** What was reviewed is what is done: the changes a plan names must be those that its model makes. */
async function problemsOf(client: SluiceClient, step: Step): Promise<string[]> {
  if (step.act === 'retire')
    return step.version === step.seen.enabled?.version ? [] : [`${nameOf(step)}: v${step.version} is not enabled.`];
  const model = step.act === 'enable' ? await stored(client, step) : step.model;
  const problems = (await client.topologies.foresee(model)).problems.map(
    ({ message }) => `${nameOf(step)}: ${message}`,
  );
  const changes: unknown = JSON.parse(JSON.stringify(await changesFrom(client, step.seen, model)));
  if (model.name !== step.name || !isDeepStrictEqual(changes, step.changes))
    problems.push(`${nameOf(step)}: its changes are not what its model says; the plan was edited.`);
  return problems;
}

const nameOf = ({ name }: Step): string => `"${name}"`;
