// What every connector package keeps, whatever its service: names, schemas, one endpoint each, and cases for what can happen.

import type { InvocationBody } from '@sluice/protocol';
import type { AnyStep, Application } from '@sluice/sdk';
import { casesOf, type Files, type ServiceFile, type StepFile } from './files.ts';

/** `github-get-issue` → `get-issue`: the key of the application makes a name unique in a worker that offers several. */
export function ownName({ name, application }: AnyStep): string {
  return name.slice((application?.key.length ?? -1) + 1);
}

/** @returns what is wrong with the step itself; empty when nothing is */
export function problemsOfStep(step: AnyStep, file: StepFile | undefined, { always }: ServiceFile): string[] {
  const { name, application, description, input, output, kind } = step;
  const problems: string[] = [];
  const say = (wrong: boolean, problem: string): void => void (wrong && problems.push(`"${name}" ${problem}`));
  say(!application || !name.startsWith(`${application.key}-`), 'does not begin with the key of its application');
  say(!/^[a-z]+(-[a-z\d]+)+$/.test(ownName(step)), 'is not named verb-object, such as get-issue');
  say(!description, 'has no description');
  say(!input, 'has no input schema');
  say(!output, 'has no output schema');
  say(!undescribed(input).every(Boolean), `has fields of its input without description`);
  if (!file) return [...problems, `"${name}" has no exchanges ${ownName(step)}.json`];
  const { cases, endpoint } = file;
  const good = cases.filter(({ outcome }) => outcome.kind === 'forward' || outcome.kind === 'split');
  say(good.length === 0, 'has no case in which all goes well');
  say(
    !always.some(({ outcome }) => outcome.kind === 'fail') &&
      !cases.some(({ outcome, exchanges }) => outcome.kind === 'fail' && exchanges.length > 0),
    'has no case that the service refuses, such as what does not exist',
  );
  say(
    kind === 'batch' && !file.onePage && !good.some(({ exchanges }) => exchanges.length > 1),
    'has no case over two pages',
  );
  for (const { title, exchanges } of cases)
    for (const { request } of exchanges)
      say(!isOf(request, endpoint), `asks more than its one endpoint ${endpoint} in "${title}": ${request}`);
  return problems;
}

/** @returns what is wrong with the application, or not shown by a case; empty when nothing is */
export function problemsOfApplication(application: Application, { application: file, service }: Files): string[] {
  const cases = casesOf(file, application.key);
  const problems: string[] = [];
  const { key, name, description, logo, website, limits, allForms, webhooks, actions } = application;
  const say = (wrong: boolean, problem: string): void => void (wrong && problems.push(`"${key}" ${problem}`));
  say(!name || !description || !logo || !website, 'needs name, description, logo and website');
  say(application.categories.length === 0, 'is in no category');
  say(limits.length === 0, 'says nothing of the limits of its service');
  say(!application.test, 'has no test of its connection');
  const shown = <O extends InvocationBody['operation']>(
    operation: O,
    of: (body: Extract<InvocationBody, { operation: O }>) => boolean = () => true,
  ) => cases.filter(({ invoke }) => invoke.operation === operation && of(invoke as never));
  say(!shown('test').some(({ fails }) => !fails), 'has no case of a test that goes well');
  say(!shown('test').some(({ fails }) => fails), 'has no case of a test that fails');
  for (const form of allForms)
    for (const { key: field } of form.fields.filter(({ choices }) => typeof choices === 'function'))
      say(
        shown('choices', (body) => body.form === form.key && body.field === field).length === 0,
        `has no case of the choices ${form.key}.${field}`,
      );
  for (const { name: action } of actions)
    say(shown('action', (body) => body.action === action).length === 0, `has no case of the action ${action}`);
  if (webhooks.length > 0) {
    // Events of one service are subscribed to alike: it is enough to show one of them.
    say(
      shown('webhook.subscribe').every(({ fails }) => fails),
      'has no case of a subscription',
    );
    say(
      shown('webhook.unsubscribe').length < 2,
      'needs two cases of an end of a subscription: one that is there, one that is gone',
    );
    say(
      webhooks.some(({ list }) => list) && shown('webhook.list').length === 0,
      'has no case of the list of subscriptions',
    );
  }
  say(
    !service.always.some(({ outcome }) => outcome.kind === 'limit'),
    'has no answer for "too many requests" in service.json',
  );
  say(
    !service.always.some(({ outcome }) => outcome.kind === 'redeliver'),
    'has no answer for a service in trouble in service.json',
  );
  return problems;
}

/** @returns endpoints that two connectors have in common, and names that come twice */
export function problemsTogether(steps: readonly AnyStep[], files: Files): string[] {
  const problems: string[] = [];
  const names = steps.map(({ name }) => name);
  for (const name of new Set(names.filter((one, at) => names.indexOf(one) !== at)))
    problems.push(`"${name}" comes twice`);
  const endpoints = [...files.steps].map(([name, { endpoint }]) => ({
    name,
    endpoint: endpoint.replace(/\{[^}]*\}/g, '{}'),
  }));
  for (const { name, endpoint } of endpoints)
    for (const other of endpoints)
      if (name < other.name && endpoint === other.endpoint)
        problems.push(`"${name}" and "${other.name}" both ask ${endpoint}`);
  const own = new Set(steps.map(ownName));
  for (const name of files.steps.keys()) if (!own.has(name)) problems.push(`${name}.json is of no connector`);
  return problems;
}

/** Whether a request goes to an endpoint such as `GET /orders/{id}`. */
function isOf(request: string, endpoint: string): boolean {
  const [method, target] = request.split(' ') as [string, string];
  const pathname = new URL(target, 'https://any.invalid').pathname;
  const [wantedMethod, whole] = endpoint.split(' ') as [string, string];
  const [template] = whole.split('#') as [string];
  const pattern = template
    .split(/\{[^}]*\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  return method === wantedMethod && new RegExp(`^${pattern}$`).test(pathname);
}

const undescribed = (schema: AnyStep['input']): boolean[] =>
  Object.values((schema?.properties ?? {}) as Record<string, { description?: string }>).map(
    ({ description }) => !!description,
  );
