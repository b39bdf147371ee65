// `sluice gateway routes`: routes as they are, and as files say they should be.

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { jsonText } from '../files/model-file.ts';
import { printJson, printLine, printTable, say } from '../output.ts';
import { readRoutes, routeText } from '../routes/files.ts';
import { checkRoutePlan, computeRoutePlan, type RoutePlan, type RouteStep, readRoutePlan } from '../routes/plan.ts';

export async function listRoutes({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().gateway.routes.list();
  if (json) return printJson(items);
  printTable<RouteView>(
    items,
    [
      { title: 'NAME', of: ({ name }) => name },
      { title: 'STATE', of: ({ enabled }) => (enabled ? 'enabled' : 'disabled') },
      { title: 'VERSION', of: ({ version }) => String(version) },
      { title: 'METHODS', of: ({ definition }) => definition.methods.join(',') },
      { title: 'PATH', of: ({ definition: { host = '', path } }) => `${host}${path}` },
      { title: 'TARGET', of: ({ definition }) => definition.target.kind },
    ],
    'There is no route. Make one with `sluice gateway routes apply FOLDER`, or `sluice gateway import FILE`.',
  );
}

export async function showRoute(name: string, { json }: { json?: boolean }): Promise<void> {
  const route = await connect().gateway.routes.get(name);
  if (json) return printJson(route);
  process.stdout.write(routeText(route.definition));
}

export async function switchRoute(verb: 'enable' | 'disable', name: string): Promise<void> {
  await connect().gateway.routes[verb](name);
  say(`Route "${name}" is ${verb}d.`);
}

export async function removeRoute(name: string): Promise<void> {
  await connect().gateway.routes.remove(name);
  say(`Route "${name}" is removed, with all its versions.`);
}

/** One file for each enabled route: applied again, they change nothing. */
export async function exportRoutes(folder: string): Promise<void> {
  const { items } = await connect().gateway.routes.list();
  const enabled = items.filter((route) => route.enabled);
  mkdirSync(folder, { recursive: true });
  for (const { name, definition } of enabled) writeFileSync(join(folder, `${name}.yaml`), routeText(definition));
  say(`${enabled.length} route(s) are in ${folder}.`);
}

/** What `apply` would do for a folder; with `out` stored for it, so that what is done is what was reviewed. */
export async function planRoutes(folder: string, { out, json }: { out?: string; json?: boolean }): Promise<void> {
  const client = connect();
  const plan = await computeRoutePlan(client, readRoutes(folder));
  await client.gateway.routes.change({ ...changeOf(plan.steps), dryRun: true });
  if (json) printJson(plan);
  else showPlan(plan);
  if (out === undefined) return;
  writeFileSync(out, jsonText(plan));
  if (!json) say(`The plan is in ${out}. Carry it out with \`sluice gateway routes apply ${out}\`.`);
}

/** Make the gateway answer as a folder says, or as a plan of it said: in one step, or not at all. */
export async function applyRoutes(
  path: string,
  { dryRun, retire }: { dryRun?: boolean; retire?: boolean },
): Promise<void> {
  const client = connect();
  const isFolder = statSync(path).isDirectory();
  const plan = isFolder ? await computeRoutePlan(client, readRoutes(path)) : readRoutePlan(path);
  if (!isFolder) await checkRoutePlan(client, plan);
  showPlan(plan);
  const steps = plan.steps.filter(({ act }) => retire || act !== 'retire');
  const left = plan.steps.filter((step) => !steps.includes(step)).map(({ name }) => name);
  if (left.length > 0) say(`Not in the folder and left enabled: ${left.join(', ')}. With --retire they are disabled.`);
  if (steps.length > 0) await client.gateway.routes.change({ ...changeOf(steps), dryRun: dryRun ?? false });
  if (dryRun) say('Everything was checked, nothing was changed (--dry-run).');
  else if (steps.length > 0) say(`Done: ${steps.map(({ act, name }) => `${act} ${name}`).join(', ')}.`);
}

function changeOf(steps: readonly RouteStep[]) {
  return {
    save: steps.flatMap((step) => ('route' in step ? [step.route] : [])),
    enable: steps
      .filter(({ act, seen }) => act === 'enable' || (act === 'update' && seen?.enabled === false))
      .map(({ name }) => name),
    disable: steps.filter(({ act }) => act === 'retire').map(({ name }) => name),
  };
}

const SIGNS = { create: '+', update: '~', enable: '~', retire: '-' } as const;

function showPlan({ steps, unchanged }: RoutePlan): void {
  for (const step of steps) {
    printLine({ sign: SIGNS[step.act], text: headline(step) });
    if (step.act === 'update') for (const member of step.changes) printLine({ sign: '~', text: member }, 4);
  }
  const counts = (['create', 'update', 'enable', 'retire'] as const)
    .map((act) => ({ act, count: steps.filter((step) => step.act === act).length }))
    .filter(({ count }) => count > 0)
    .map(({ act, count }) => `${count} to ${act}`);
  say(`${counts.join(', ') || 'Nothing to do'}; ${unchanged} as they should be.`);
}

function headline(step: RouteStep): string {
  const where =
    'route' in step
      ? `: ${step.route.methods.join(',')} ${step.route.host ?? ''}${step.route.path} → ${step.route.target.kind}`
      : '';
  return `${step.act} ${step.name}${step.act === 'update' ? ` to v${(step.seen?.version ?? 0) + 1}` : ''}${where}`;
}
