// What would be done to the routes of a platform, as data: it can be printed, reviewed, stored, and carried out later.

import type { SluiceClient } from '@sluice/client';
import { RouteDefinition, type RouteView, sameRoute } from '@sluice/protocol';
import { z } from 'zod';
import { platformUrl } from '../connection.ts';
import { InputError } from '../exit.ts';
import { readJson } from '../files/model-file.ts';
import type { RouteFile } from './files.ts';

const PLAN_VERSION = 1;

/** What decides what is to be done; null = there is no such route. */
const Seen = z
  .strictObject({ version: z.number().int(), enabled: z.boolean(), changedAt: z.number().int() })
  .nullable();
const common = { name: z.string(), seen: Seen };
const RouteStep = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('create'), ...common, route: RouteDefinition }),
  /** `changes`: members of the definition that say something else. */
  z.strictObject({ act: z.literal('update'), ...common, route: RouteDefinition, changes: z.array(z.string()) }),
  z.strictObject({ act: z.literal('enable'), ...common }),
  z.strictObject({ act: z.literal('retire'), ...common }),
]);
export type RouteStep = z.infer<typeof RouteStep>;

const RoutePlan = z.strictObject({
  routesPlan: z.literal(PLAN_VERSION),
  platform: z.strictObject({ id: z.string(), url: z.string() }),
  unchanged: z.number().int().min(0),
  steps: z.array(RouteStep),
});
export type RoutePlan = z.infer<typeof RoutePlan>;

/** The difference between files and a platform. Reads and compares; changes nothing. */
export async function computeRoutePlan(client: SluiceClient, files: readonly RouteFile[]): Promise<RoutePlan> {
  const { id } = await client.platform();
  const there = new Map((await client.gateway.routes.list()).items.map((view) => [view.name, view]));
  const steps = files.flatMap(({ route }) => stepFor(route, there.get(route.name)) ?? []);
  const unchanged = files.length - steps.length;
  const wanted = new Set(files.map(({ route }) => route.name));
  for (const view of there.values())
    if (!wanted.has(view.name) && view.enabled) steps.push({ act: 'retire', name: view.name, seen: seenOf(view) });
  return { routesPlan: PLAN_VERSION, platform: { id, url: platformUrl() }, unchanged, steps };
}

function stepFor(route: RouteDefinition, view: RouteView | undefined): RouteStep | null {
  const { name } = route;
  if (!view) return { act: 'create', name, seen: null, route };
  const seen = seenOf(view);
  if (!sameRoute(view.definition, route))
    return { act: 'update', name, seen, route, changes: changesOf(view.definition, route) };
  return view.enabled ? null : { act: 'enable', name, seen };
}

function changesOf(before: RouteDefinition, after: RouteDefinition): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof RouteDefinition>;
  return [...keys].filter((key) => !sameRoute({ [key]: before[key] } as never, { [key]: after[key] } as never));
}

/** @throws InputError when it is no plan, or one of another version of the command */
export function readRoutePlan(file: string): RoutePlan {
  const parsed = RoutePlan.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  throw new InputError(
    `${file} is no plan of routes. Make one with \`sluice gateway routes plan FOLDER --out FILE\`.`,
    {
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
    },
  );
}

/** Whether a stored plan may still be carried out. @throws InputError */
export async function checkRoutePlan(client: SluiceClient, { platform, steps }: RoutePlan): Promise<void> {
  const { id } = await client.platform();
  const anew = 'Nothing was changed. Make the plan anew with `sluice gateway routes plan`.';
  if (id !== platform.id)
    throw new InputError(`The plan was made for the platform at ${platform.url}, this is another one. ${anew}`);
  const there = new Map((await client.gateway.routes.list()).items.map((view) => [view.name, seenOf(view)]));
  const moved = steps.filter(({ name, seen }) => JSON.stringify(there.get(name) ?? null) !== JSON.stringify(seen));
  if (moved.length > 0)
    throw new InputError(
      `The platform moved on since the plan was made: ${moved.map(({ name }) => `"${name}"`).join(', ')}. ${anew}`,
    );
}

const seenOf = ({ version, enabled, changedAt }: RouteView): NonNullable<RouteStep['seen']> => ({
  version,
  enabled,
  changedAt,
});
