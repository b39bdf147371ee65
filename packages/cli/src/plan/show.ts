import { describeChanges } from '@sluice/topology';
import { printLine, say } from '../output.ts';
import type { Plan, Step } from './plan.ts';

/** A plan for people: each step with what changes in meaning. */
export function showPlan({ steps, unchanged }: Plan): void {
  for (const step of steps) {
    printLine({ sign: SIGNS[step.act], text: headline(step) });
    if (step.act === 'retire') continue;
    for (const line of describeChanges(step.changes)) printLine(line, 4);
  }
  const counts = (['create', 'update', 'enable', 'retire'] as const)
    .map((act) => ({ act, count: steps.filter((step) => step.act === act).length }))
    .filter(({ count }) => count > 0)
    .map(({ act, count }) => `${count} to ${act}`);
  say(`${counts.join(', ') || 'Nothing to do'}; ${unchanged} as they should be.`);
}

const SIGNS = { create: '+', update: '~', enable: '~', retire: '-' } as const;

function headline({ act, name, seen, ...step }: Step): string {
  const { enabled, newest } = seen;
  if ('version' in step)
    return act === 'retire'
      ? `retire ${name} v${step.version}`
      : `enable ${name} v${step.version}${enabled ? `, instead of v${enabled.version}` : ''}`;
  const next = newest === null ? 1 : newest.state === 'draft' ? newest.version : newest.version + 1;
  const replaced = enabled && newest?.state === 'draft' ? ', in place of its draft' : '';
  return act === 'create' ? `create ${name}` : `update ${name} to v${next}${replaced}`;
}
