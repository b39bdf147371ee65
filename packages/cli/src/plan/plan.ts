// What would be done to a platform, as data: it can be printed, reviewed, stored, and carried out later.

import { VersionView } from '@sluice/protocol';
import type { Change, TopologyModel } from '@sluice/topology';
import { z } from 'zod';
import { InputError } from '../exit.ts';
import { modelOf, readJson } from '../files/model-file.ts';

const PLAN_VERSION = 1;

/** The versions of a topology that decide what is to be done. */
const Seen = z.strictObject({ enabled: VersionView.nullable(), newest: VersionView.nullable() });
export type Seen = z.infer<typeof Seen>;

const common = { name: z.string(), seen: Seen };
const Changes = z.array(z.looseObject({ change: z.string() }));

const StepSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('create'), ...common, model: z.unknown(), changes: Changes }),
  z.strictObject({ act: z.literal('update'), ...common, model: z.unknown(), changes: Changes }),
  z.strictObject({ act: z.literal('enable'), ...common, version: z.number().int(), changes: Changes }),
  z.strictObject({ act: z.literal('retire'), ...common, version: z.number().int() }),
]);

const PlanSchema = z.strictObject({
  plan: z.literal(PLAN_VERSION),
  platform: z.strictObject({ id: z.string(), url: z.string() }),
  unchanged: z.number().int().min(0),
  steps: z.array(StepSchema),
});

interface Common {
  readonly name: string;
  readonly seen: Seen;
}

export type Step =
  /** A new version, with new traffic to it. Without a version before it: `create`. */
  | (Common & { readonly act: 'create' | 'update'; readonly model: TopologyModel; readonly changes: readonly Change[] })
  /** New traffic to a version that is there and says the same. */
  | (Common & { readonly act: 'enable'; readonly version: number; readonly changes: readonly Change[] })
  /** No new traffic any more; what runs goes on. */
  | (Common & { readonly act: 'retire'; readonly version: number });

export interface Plan {
  readonly plan: typeof PLAN_VERSION;
  readonly platform: { readonly id: string; readonly url: string };
  /** How many topologies are as they should be. */
  readonly unchanged: number;
  readonly steps: readonly Step[];
}

export const planOf = (platform: Plan['platform'], unchanged: number, steps: readonly Step[]): Plan => ({
  plan: PLAN_VERSION,
  platform,
  unchanged,
  steps,
});

/** @throws InputError when it is no plan, or one of another version of the command */
export function readPlan(file: string): Plan {
  const raw = readJson(file);
  const version = (raw as { plan?: unknown } | null)?.plan;
  if (typeof version === 'number' && version !== PLAN_VERSION)
    throw new InputError(
      `${file} is a plan of form ${version}, this command reads form ${PLAN_VERSION}. Make it anew with \`sluice topology plan\`.`,
    );
  const parsed = PlanSchema.safeParse(raw);
  if (!parsed.success)
    throw new InputError(`${file} is no plan. Make one with \`sluice topology plan FOLDER --out FILE\`.`, {
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
    });
  const steps = parsed.data.steps.map((step) =>
    'model' in step ? { ...step, model: modelOf(step.model, `${file}, ${step.act} ${step.name}`) } : step,
  );
  return { ...parsed.data, steps: steps as unknown as Step[] };
}
