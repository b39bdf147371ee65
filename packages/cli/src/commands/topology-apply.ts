import { statSync } from 'node:fs';
import { connect } from '../connection.ts';
import { readFolder } from '../files/folder.ts';
import { say } from '../output.ts';
import { carryOut } from '../plan/carry-out.ts';
import { computePlan } from '../plan/compute.ts';
import { readPlan } from '../plan/plan.ts';
import { showPlan } from '../plan/show.ts';
import { checkPlan } from '../plan/still-true.ts';

/** Make the platform run what a folder says, or what a plan of it said. Everything is checked before anything is changed. */
export async function applyTopologies(
  path: string,
  { dryRun, retire }: { dryRun?: boolean; retire?: boolean },
): Promise<void> {
  const client = connect();
  const isFolder = statSync(path).isDirectory();
  const plan = isFolder ? await computePlan(client, await readFolder(path)) : readPlan(path);
  if (!isFolder) await checkPlan(client, plan);
  showPlan(plan);
  const steps = plan.steps.filter(({ act }) => retire || act !== 'retire');
  const left = plan.steps.filter((step) => !steps.includes(step)).map(({ name }) => name);
  if (left.length > 0) say(`Not in the folder and left enabled: ${left.join(', ')}. With --retire they are disabled.`);
  if (dryRun) return say('Everything was checked, nothing was changed (--dry-run).');
  await carryOut(client, steps);
}
