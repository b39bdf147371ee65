// What a worker says about itself when it joins.

import { z } from 'zod';
import { ApplicationManifestSchema, SchemaShape } from '../application/manifest.ts';

export const STEP_KINDS = ['connector', 'batch', 'custom'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export const ActionSchema = z.object({
  name: z.string().min(1).max(200),
  kind: z.enum(STEP_KINDS),
  /** Key of the application the action belongs to. */
  application: z.string().max(200).optional(),
  description: z.string().max(10_000).optional(),
  /** JSON Schema of the body it takes: checked before it runs, wherever the call comes from. */
  input: SchemaShape.optional(),
  /** JSON Schema of the body it gives. */
  output: SchemaShape.optional(),
});
export type Action = z.infer<typeof ActionSchema>;

export const ManifestSchema = z.object({
  sdk: z.object({ name: z.string().max(100), version: z.string().max(100) }),
  actions: z.array(ActionSchema).max(10_000),
  applications: z.array(ApplicationManifestSchema).max(1_000).default([]),
});
/** Name, kind and application of everything a worker can do. */
export type Manifest = z.infer<typeof ManifestSchema>;
