// What may happen to every connector, whatever its service: it proves itself wrongly, is too fast, nobody answers, or what comes is half
// an answer. The service may say more of these in a way of its own (`always`).

import { AssertionError } from 'node:assert';
import type { CallResult } from '@sluice/protocol';
import type { AnyStep } from '@sluice/sdk';
import type { Answer, Exchange, Files, StepCase, StepFile } from './files.ts';
import { expectOutcome } from './outcome.ts';
import type { Stage } from './stage.ts';

interface Trouble {
  readonly title: string;
  readonly answer: Answer;
  readonly kinds: readonly CallResult['kind'][];
  /** Of a limit: how long it waits, in seconds. */
  readonly after?: number;
}

const of = (status: number, more: Partial<Answer> = {}): Answer => ({ status, headers: {}, ...more });

const TROUBLE: readonly Trouble[] = [
  { title: 'proof that is not taken (401)', answer: of(401), kinds: ['fail'] },
  { title: 'not allowed (403)', answer: of(403), kinds: ['fail'] },
  { title: 'nothing there (404)', answer: of(404), kinds: ['fail'] },
  { title: 'a conflict (409)', answer: of(409), kinds: ['fail', 'redeliver'] },
  {
    title: 'too many requests (429)',
    answer: of(429, { headers: { 'retry-after': '17' } }),
    kinds: ['limit'],
    after: 17,
  },
  { title: 'a service in trouble (503)', answer: of(503, { text: '<html></html>' }), kinds: ['redeliver'] },
  { title: 'no answer in time', answer: of(200, { silent: true }), kinds: ['redeliver'] },
];

/** The case in which all goes well that is played with other answers. */
export const goodCaseOf = ({ cases }: StepFile): StepCase | undefined =>
  cases.find(
    ({ outcome, exchanges }) => (outcome.kind === 'forward' || outcome.kind === 'split') && exchanges.length > 0,
  );

/** @throws AssertionError with everything that went another way */
export async function playTrouble(step: AnyStep, stage: Stage, file: StepFile, { service }: Files): Promise<void> {
  const good = goodCaseOf(file);
  const exchange = good?.exchanges[0];
  if (!good || !exchange) return;
  const problems: string[] = [];
  const attempt = async (title: string, play: () => Promise<void>): Promise<void> => {
    await play().catch((error: Error) => problems.push(`${title}: ${error.message}`));
  };
  const answered = (answer: Answer): Promise<CallResult> => {
    const again = answer.status === 401 ? renewed(stage, exchange) : null;
    return stage.step(step, good.input, [{ ...exchange, answer }, ...(again ? [{ ...again, answer }] : [])]);
  };
  const shown = new Set(file.cases.flatMap(({ exchanges }) => exchanges.map(({ answer }) => answer.status)));
  // What the service says in a way of its own is played below.
  for (const { answer } of service.always)
    if (answer.status !== 429 || answer.headers['retry-after']) shown.add(answer.status);
  for (const { title, answer, kinds, after } of TROUBLE) {
    if (answer.status >= 400 && (shown.has(answer.status) || service.unlike.includes(answer.status))) continue;
    await attempt(title, async () => {
      const outcome = await answered(answer);
      if (!kinds.includes(outcome.kind))
        throw wrong(`The outcome is ${outcome.kind}; ${kinds.join(' or ')} was expected.`);
      if (after !== undefined) expectOutcome(outcome, { kind: 'limit', after }, step, stage.now, answer);
    });
  }
  for (const { title, answer, outcome } of service.always)
    await attempt(title, async () => {
      const plays = answer.status === 401 ? answered(answer) : stage.step(step, good.input, [{ ...exchange, answer }]);
      expectOutcome(await plays, outcome, step, stage.now, answer);
    });
  if (readsAnswer(good))
    await attempt('half an answer', async () => {
      const half = {
        ...exchange.answer,
        json: undefined,
        text: '{"half":',
        headers: { ...exchange.answer.headers, 'content-type': 'application/json' },
      };
      const { kind } = await answered(half);
      if (kind === 'forward' || kind === 'split')
        throw wrong(`The outcome is ${kind}: it goes on as if nothing were wrong.`);
    });
  const empty = emptied(good);
  if (empty)
    await attempt('a page without items', async () => {
      const outcome = await stage.step(step, good.input, [{ ...exchange, answer: empty }]);
      if (outcome.kind !== 'split' || outcome.items.length > 0)
        throw wrong(`The outcome is ${JSON.stringify(outcome).slice(0, 200)}; no items were expected.`);
    });
  if (problems.length > 0) throw wrong(problems.join(' | '));
}

/** The same request with the token that comes after the one that was refused; null where nothing is renewed. */
export function renewed({ service, application }: Stage, exchange: Exchange): Exchange | null {
  const { token = false, headers = {} } = service.applications[application.key] ?? {};
  if (token === false) return null;
  const anew = Object.entries(headers).map(([name, value]) => [name, value.replace(token, `${token}#2`)]);
  return { ...exchange, headers: { ...exchange.headers, ...Object.fromEntries(anew) } };
}

/** What it gives comes of the answer. */
const readsAnswer = ({ outcome, exchanges }: StepCase): boolean =>
  exchanges[0]?.answer.json !== undefined && !(outcome.kind === 'forward' && outcome.json !== undefined);

/** The last page without its items; undefined where they are not simply there. */
function emptied({ outcome, exchanges }: StepCase): Answer | undefined {
  const last = exchanges.at(-1)?.answer;
  if (outcome.kind !== 'split' || outcome.items || last?.json === undefined) return undefined;
  if (outcome.from === '') return { ...last, json: [] };
  const json = structuredClone(last.json) as Record<string, unknown>;
  const names = outcome.from.split('/').slice(1);
  const name = names.pop()!;
  const parent = names.reduce<Record<string, unknown>>((inner, one) => inner[one] as Record<string, unknown>, json);
  parent[name] = [];
  return { ...last, json: json as Answer['json'] };
}

const wrong = (message: string): AssertionError => new AssertionError({ message });
