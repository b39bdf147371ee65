import { writeFileSync } from 'node:fs';
import { connect } from '../connection.ts';
import { readFolder } from '../files/folder.ts';
import { jsonText } from '../files/model-file.ts';
import { printJson, say } from '../output.ts';
import { computePlan } from '../plan/compute.ts';
import { showPlan } from '../plan/show.ts';

/** What `apply` would do for a folder; with `out` stored for it, so that what is done is what was reviewed. */
export async function planTopologies(folder: string, { out, json }: { out?: string; json?: boolean }): Promise<void> {
  const plan = await computePlan(connect(), await readFolder(folder));
  if (json) printJson(plan);
  else showPlan(plan);
  if (out === undefined) return;
  writeFileSync(out, jsonText(plan));
  if (!json) say(`The plan is in ${out}. Carry it out with \`sluice topology apply ${out}\`.`);
}
