// A folder that is a test: topology.json (and others.json), steps.mjs, input.json, and the journal that must come of them.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CRASH_POINTS } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import type { Offer } from '@sluice/sdk';
import { z } from 'zod';
import { FAULT_KINDS } from '../flow/faults.ts';
import type { Expectation } from '../remote/script.ts';

const At = z.union([z.number().int().min(0), z.string()]).default(0);

/** What happens from outside, each at a time after the beginning. */
const EventSchema = z.union([
  z.strictObject({
    at: At,
    start: z.string().default('start'),
    topology: z.string().optional(),
    body: z.unknown().optional(),
    contentType: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    user: z.string().optional(),
    key: z.string().optional(),
  }),
  z.strictObject({ at: At, act: z.enum(['replay-trash', 'discard-trash', 'accept-tasks', 'reject-tasks', 'wait']) }),
  z.strictObject({
    at: At,
    fail: z.enum(FAULT_KINDS),
    node: z.string().optional(),
    times: z.number().int().min(1).optional(),
    retryAfter: z.union([z.number(), z.string()]).optional(),
  }),
  z.strictObject({ at: At, crash: z.enum(CRASH_POINTS), occurrence: z.number().int().min(1).default(1) }),
]);
export type GoldenEvent = z.infer<typeof EventSchema>;

/** What steps.mjs may export; made anew for every run, so that no run sees the state of another. */
interface StepsModule {
  readonly workers?: () => Readonly<Record<string, Offer>>;
  readonly remote?: () => readonly Expectation[];
}

export interface Golden {
  readonly folder: string;
  readonly model: unknown;
  /** Topologies beside it, that it calls or that listen to it. */
  readonly others: readonly unknown[];
  readonly events: readonly GoldenEvent[];
  readonly workers: NonNullable<StepsModule['workers']>;
  readonly remote: NonNullable<StepsModule['remote']>;
  readonly journal: string;
}

const STEPS = ['steps.mjs', 'steps.js', 'steps.ts'];

/** @throws SluiceError `test.golden_invalid` with all that is wrong */
export async function readGolden(folder: string): Promise<Golden> {
  const problems: string[] = [];
  const json = (file: string): unknown => {
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8'));
    } catch (error) {
      problems.push(`${file}: ${(error as Error).message}`);
      return undefined;
    }
  };
  const model = json('topology.json');
  const others = existsSync(join(folder, 'others.json')) ? json('others.json') : [];
  if (others !== undefined && !Array.isArray(others)) problems.push('others.json: a list of topologies is expected');
  const events = z.array(EventSchema).min(1).safeParse(json('input.json'));
  if (!events.success)
    problems.push(...events.error.issues.map(({ path, message }) => `input.json ${path.join('.')}: ${message}`));
  const steps = await stepsOf(folder, problems);
  for (const name of ['workers', 'remote'] as const)
    if (steps[name] !== undefined && typeof steps[name] !== 'function')
      problems.push(`the steps must export ${name} as a function, so that every run has its own`);
  if (problems.length > 0) throw new SluiceError('test.golden_invalid', { folder, problems });
  return {
    folder,
    model,
    others: others as unknown[],
    events: events.data!,
    workers: steps.workers ?? (() => ({})),
    remote: steps.remote ?? (() => []),
    journal: join(folder, 'journal.txt'),
  };
}

async function stepsOf(folder: string, problems: string[]): Promise<StepsModule> {
  const file = STEPS.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) return {};
  try {
    return (await import(pathToFileURL(file).href)) as StepsModule;
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ERR_UNKNOWN_FILE_EXTENSION'
        ? 'this Node runs no TypeScript; compile it, or write steps.mjs'
        : (error as Error).message;
    problems.push(`${file}: ${why}`);
    return {};
  }
}

/**
 * All such folders at or below a path; a file stands for the folder it is in.
 * @throws Error `ENOENT` when there is no such path
 */
export function goldenFolders(path: string): string[] {
  if (statSync(path).isFile()) return goldenFolders(join(path, '..'));
  if (existsSync(join(path, 'topology.json')) && existsSync(join(path, 'input.json'))) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => goldenFolders(join(path, name)));
}
