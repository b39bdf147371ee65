// Every connector of a service calls the checking server, over HTTP, and its own schema takes what came back.

import type { Json, OperationData, Outcome, ServiceData } from '@sluice/protocol';
import { DescribedApplication, describedService, local, type OperationStep } from '@sluice/sdk';
import { Sampler } from '../sampling/sample.ts';
import type { Answer, CheckingServer } from './checking-server.ts';

export interface Called {
  /** Operations that were asked with a made input. */
  readonly called: readonly string[];
  readonly wrong: readonly string[];
  /** For which no input or no answer could be made. */
  readonly without: readonly string[];
}

export async function callAll(service: ServiceData, server: CheckingServer): Promise<Called> {
  const here: ServiceData = {
    ...service,
    baseUrl: server.url,
    auth: [],
    forms: [],
    operations: service.operations.map(({ server: _, ...one }) => one),
  };
  const application = new DescribedApplication(here);
  const steps = describedService(here).steps(application);
  const worker = local({ steps, applications: [application], onRecord: () => {} });
  const sampler = new Sampler(here.definitions);
  const [called, wrong, without]: [string[], string[], string[]] = [[], [], []];
  for (const [n, step] of steps.entries()) {
    const about = here.operations[n]!;
    const input = sampler.sample(about.input);
    const json = about.answer.kind === 'json' ? sampler.sample(about.output ?? {}) : null;
    if (input === undefined || json === undefined) {
      without.push(about.name);
      continue;
    }
    server.answer = answerOf(about, json);
    const outcome = await worker.call(callOf(step, input));
    called.push(about.name);
    const problem = problemOf(about, outcome, json, sampler);
    if (problem !== null) wrong.push(`${about.name}: ${problem}`);
  }
  return { called, wrong, without };
}

function answerOf({ answer, pages }: OperationData, json: Json): Answer {
  const type = {
    'content-type': answer.accept === undefined || answer.accept === '*/*' ? 'application/json' : answer.accept,
  };
  if (pages) return { status: 200, headers: type, json: around(pages.items, [json]), partial: pages.items !== '' };
  switch (answer.kind) {
    case 'json':
      return { status: 200, headers: type, json };
    case 'none':
      return { status: 204, headers: {} };
    case 'location':
      return { status: answer.fine![0]!, headers: { location: 'https://elsewhere.invalid/file' } };
    default:
      return { status: 200, headers: type, text: 'text' };
  }
}

/** Only the list: an answer with all that is around it is checked where the connector gives it whole. */
function around(pointer: string, items: readonly Json[]): Json {
  return pointer
    .split('/')
    .slice(1)
    .reverse()
    .reduce<Json>((value, name) => ({ [name]: value }), items as Json);
}

const callOf = (step: OperationStep, input: Json) => ({
  target: { topology: 'proof', version: 1, node: step.name, kind: step.kind, action: step.name, followers: [] },
  idempotencyKey: 'proof',
  processId: 'proof',
  processStartedAt: 0,
  messageId: 'proof',
  parentId: null,
  attempt: 1,
  user: 'default',
  headers: {},
  contentType: 'application/json',
  body: JSON.stringify(input),
  cursor: null,
});

function problemOf(about: OperationData, outcome: Outcome, json: Json, sampler: Sampler): string | null {
  if ('reason' in outcome) return `${outcome.kind}: ${outcome.reason}`;
  const [item] = outcome.kind === 'split' ? outcome.items : [outcome.item];
  if (about.answer.kind !== 'json') return null;
  const given = JSON.parse(String(item!.body)) as Json;
  if (JSON.stringify(given) !== JSON.stringify(json)) return `gives ${String(item!.body).slice(0, 200)}`;
  return sampler.validator(about.output ?? {})(given) ? null : 'its own schema does not take what it gives';
}
