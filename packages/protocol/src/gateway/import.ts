// Descriptions as routes, and many routes at once.

import { z } from 'zod';
import { RouteDefinition, RouteView } from './route.ts';

const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'must be lower-case letters, digits and hyphens');
const Flag = z.boolean().default(false);

export const GatewayImportQuery = z.object({
  contract: Slug.optional().describe('Name of the description; without it its title. A later import of it is a change'),
  host: z.string().max(253).optional().describe('Host of the routes; without it any'),
  prefix: z.string().max(200).optional().describe('Path before all paths; without it the one of its first server'),
  retire: Flag.describe('Disable the routes of operations that are not in the description any more'),
  dryRun: Flag.describe('Only say what would come of it'),
});
export type GatewayImportQuery = z.infer<typeof GatewayImportQuery>;

export const GatewayImported = z.object({
  contract: z.string(),
  created: z.array(z.string()),
  /** Got a new version; target, limits and whatever else the description does not say are kept. */
  updated: z.array(z.string()),
  unchanged: z.array(z.string()),
  /** Routes of operations that are gone; disabled when that was asked for. */
  retired: z.array(z.string()),
  /** Routes of the description that lead nowhere yet. */
  unbound: z.array(z.string()),
  /** What the routes above that are not retired take. */
  routes: z.array(RouteDefinition.pick({ name: true, methods: true, host: true, path: true, summary: true })),
  /** Parts of the description that no route can be made from, with their places. */
  leftOut: z.array(z.object({ pointer: z.string(), message: z.string() })),
});
export type GatewayImported = z.infer<typeof GatewayImported>;

/** Done together or not at all. */
export const GatewayChange = z.strictObject({
  save: z.array(RouteDefinition).max(10_000).default([]),
  enable: z.array(Slug).max(10_000).default([]),
  disable: z.array(Slug).max(10_000).default([]),
  /** Only check. */
  dryRun: z.boolean().default(false),
});
export type GatewayChangeInput = z.input<typeof GatewayChange>;
export const GatewayChanged = z.object({ items: z.array(RouteView) });
export type GatewayChanged = z.infer<typeof GatewayChanged>;
