// The exchanges of a connector package, as its author writes them down from the public description of the service.
//
//   exchanges/service.json       what all have in common: address, installs, headers, how the service says "full" and "down"
//   exchanges/application.json   test of the connection, live choices, webhooks, actions
//   exchanges/<name>.json        one connector; <name> is its name without the key of the application

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { InvocationBody } from '@sluice/protocol';
import { z } from 'zod';

const Texts = z.record(z.string(), z.string());
const Json = z.json();

const AnswerSchema = z.strictObject({
  status: z.number().int().min(200).max(599).default(200),
  headers: Texts.default({}),
  json: Json.optional(),
  text: z.string().optional(),
  /** Nothing comes. */
  silent: z.boolean().optional(),
});
export type Answer = z.infer<typeof AnswerSchema>;

const ExchangeSchema = z.strictObject({
  /** `GET /path?name=value`, or with the whole address where it is another host. */
  request: z.string().regex(/^[A-Z]+ (\/|https:\/\/)\S*$/, 'must look like "GET /path?name=value"'),
  /** Beside those of service.json. */
  headers: Texts.default({}),
  /** The whole body; without one of these there must be none. */
  json: Json.optional(),
  form: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  text: z.string().optional(),
  answer: AnswerSchema,
});
export type Exchange = z.infer<typeof ExchangeSchema>;

const FailSchema = z.strictObject({ kind: z.literal('fail'), code: z.string(), says: z.string() });
/** Seconds from the time of the exchanges. */
const LimitSchema = z.strictObject({ kind: z.literal('limit'), after: z.number().min(0), says: z.string().optional() });
const RedeliverSchema = z.strictObject({ kind: z.literal('redeliver'), after: z.number().min(0).optional() });
const TroubleSchema = z.discriminatedUnion('kind', [FailSchema, LimitSchema, RedeliverSchema]);

const OutcomeSchema = z.discriminatedUnion('kind', [
  FailSchema,
  LimitSchema,
  RedeliverSchema,
  z.strictObject({
    kind: z.literal('forward'),
    /** What it gives; default: the last answer, or the part of it at the JSON pointer `from`. */
    json: Json.optional(),
    from: z.string().default(''),
  }),
  z.strictObject({
    kind: z.literal('split'),
    /** Where the items stand in each answer. */
    from: z.string().default(''),
    /** What each page but the last says of where to go on. */
    cursors: z.array(z.string()).default([]),
    /** The items of each page, where they are not what the service answered. */
    items: z.array(z.array(Json)).optional(),
  }),
]);
export type ExpectedOutcome = z.infer<typeof OutcomeSchema>;

const StepFileSchema = z.strictObject({
  /** `GET /repos/{owner}/{repo}`: the one endpoint; a part in brackets may be missing, `POST /list_folder[/continue]`; of GraphQL with its operation, `POST /graphql#issueCreate`. */
  endpoint: z.string().regex(/^[A-Z]+ \/\S*$/),
  /** Where the service describes it. */
  see: z.url(),
  cases: z
    .array(
      z.strictObject({
        title: z.string(),
        input: Json.default({}),
        exchanges: z.array(ExchangeSchema),
        outcome: OutcomeSchema,
      }),
    )
    .min(1),
  /** Inputs that are not taken, and what is said of them. */
  refused: z.array(z.strictObject({ input: Json, says: z.string() })).default([]),
  /** A list that the service always gives whole. */
  onePage: z.boolean().default(false),
});
export type StepFile = z.infer<typeof StepFileSchema>;
export type StepFileInput = z.input<typeof StepFileSchema>;
export type StepCase = StepFile['cases'][number];

const ApplicationFileSchema = z.strictObject({
  cases: z.array(
    z.strictObject({
      title: z.string(),
      /** Keys of the applications it is of; default: all. */
      only: z.array(z.string()).optional(),
      invoke: z.looseObject({ operation: z.string() }).transform((body) => body as unknown as InvocationBody),
      exchanges: z.array(ExchangeSchema),
      answers: Json.optional(),
      fails: z.strictObject({ code: z.string(), says: z.string() }).optional(),
    }),
  ),
});
export type ApplicationCaseInput = Omit<z.input<typeof ApplicationFileSchema>['cases'][number], 'invoke'> & {
  /** What is asked of the application; who asks and for whom is added. */
  readonly invoke: { readonly operation: string; readonly [member: string]: unknown };
};
export type ApplicationFile = z.infer<typeof ApplicationFileSchema>;
export type ApplicationCase = ApplicationFile['cases'][number];

const ServiceFileSchema = z.strictObject({
  /** The time at which all happens. */
  at: z.iso.datetime().default('2026-01-01T00:00:00Z'),
  /** Scheme and host of addresses without them. */
  origin: z.url(),
  /** By key of the application: how it is installed, and the headers that come of it. */
  applications: z.record(
    z.string(),
    z.strictObject({
      settings: z.record(z.string(), z.record(z.string(), Json)).default({}),
      token: z.union([z.string(), z.literal(false)]).default(false),
      /** What the provider answered beside the token. */
      extra: Texts.default({}),
      /** Where this one reaches the service, when not at the address of all; with the beginning of the path. */
      origin: z.url().optional(),
      headers: Texts,
    }),
  ),
  /** Of every request. */
  headers: Texts.default({}),
  /** How the service refuses a token that has ended. */
  tokenRefused: AnswerSchema.default({ status: 401, headers: {} }),
  /** Statuses that mean something else here than everywhere, and are shown by cases instead. */
  unlike: z.array(z.number().int()).default([]),
  /** What may come instead of any answer; played with every connector. */
  always: z.array(z.strictObject({ title: z.string(), answer: AnswerSchema, outcome: TroubleSchema })),
});
export type ServiceFileInput = z.input<typeof ServiceFileSchema>;
export type ServiceFile = z.infer<typeof ServiceFileSchema>;

export interface Files {
  readonly service: ServiceFile;
  readonly application: ApplicationFile;
  /** By name of the connector, without the key of its application. */
  readonly steps: ReadonlyMap<string, StepFile>;
}

/** The cases that an application is to show. */
export const casesOf = ({ cases }: ApplicationFile, key: string): readonly ApplicationCase[] =>
  cases.filter(({ only }) => only?.includes(key) ?? true);

/** The same as data, from a module. */
export interface ExchangeSet {
  readonly service: ServiceFileInput;
  readonly application: { readonly cases: readonly ApplicationCaseInput[] };
  readonly connectors: Readonly<Record<string, StepFileInput>>;
}

/** @throws Error with everything that is wrong with the files */
export function readFiles(folder: string): Files {
  const names = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const said = Object.fromEntries(names.map((name) => [basename(name, '.json'), parse(join(folder, name))]));
  const { service, application, ...connectors } = said;
  return checkFiles({ service, application, connectors }, folder);
}

/** @throws Error with everything that is wrong with them */
export function checkFiles(
  said: {
    readonly service: unknown;
    readonly application: unknown;
    readonly connectors: Readonly<Record<string, unknown>>;
  },
  where: string,
): Files {
  const problems: string[] = [];
  const read = <T>(name: string, value: unknown, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(...parsed.error.issues.map(({ path, message }) => `${name}: ${path.join('.') || 'it'} ${message}`));
    return { cases: [], refused: [], always: [], applications: {}, headers: {} } as T;
  };
  const files = {
    service: read('service.json', said.service, ServiceFileSchema),
    application: read('application.json', said.application, ApplicationFileSchema),
    steps: new Map(
      Object.entries(said.connectors).map(([name, value]) => [name, read(`${name}.json`, value, StepFileSchema)]),
    ),
  };
  for (const { title, only = [] } of files.application.cases)
    for (const key of only.filter((one) => !Object.hasOwn(files.service.applications, one)))
      problems.push(`application.json: "${title}" is of the application "${key}", which service.json does not have`);
  if (problems.length > 0) throw new Error(`The exchanges in ${where} cannot be played: ${problems.join('; ')}.`);
  return files;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
}
