// Door of the acceptance suite: what a connector package has to show before people rely on it.

import { AssertionError } from 'node:assert';
import { fileURLToPath } from 'node:url';
import type { AnyStep, Application } from '@sluice/sdk';
import { casesOf, checkFiles, type ExchangeSet, type Files, readFiles, type StepFile } from './acceptance/files.ts';
import { expectAnswer, expectOutcome } from './acceptance/outcome.ts';
import { playPages } from './acceptance/pages.ts';
import { connectorTable, expectTable } from './acceptance/readme.ts';
import { ownName, problemsOfApplication, problemsOfStep, problemsTogether } from './acceptance/rules.ts';
import { Stage } from './acceptance/stage.ts';
import { goodCaseOf, playTrouble, renewed } from './acceptance/trouble.ts';

export {
  choicesCase,
  connectionCases,
  endingCases,
  subscribeCase,
  subscriptionsCase,
} from './acceptance/application-cases.ts';
export type { ExchangeSet } from './acceptance/files.ts';
export { exchangeTable, type Row, type Table } from './acceptance/table.ts';

export interface AcceptanceOptions {
  readonly applications: readonly Application[];
  readonly steps: readonly AnyStep[];
  /** Folder with the exchanges, or the exchanges of a module; see `exchangeTable`. */
  readonly exchanges: URL | ExchangeSet;
  readonly readme: URL;
}

/** One thing that must hold, for any test runner. */
export interface Check {
  readonly title: string;
  /** @throws AssertionError in words */
  readonly run: () => Promise<void>;
}

/** `for (const { title, run } of acceptance({ … })) test(title, run);` @throws Error when the exchanges cannot be read */
export function acceptance({ applications, steps, exchanges, readme }: AcceptanceOptions): readonly Check[] {
  const files = exchanges instanceof URL ? readFiles(fileURLToPath(exchanges)) : checkFiles(exchanges, 'the table');
  const first = steps.filter(({ application }) => application?.key === applications[0]?.key);
  return [
    check('R27: every connector asks one endpoint, and no two ask the same', () => problemsTogether(steps, files)),
    {
      title: 'the README lists the connectors as they are',
      run: async () => expectTable(fileURLToPath(readme), connectorTable(first, files)),
    },
    ...applications.flatMap((application) => checksOfApplication(application, files)),
    // The connectors of another application of the same service prove themselves otherwise; what they do with an answer is the same code.
    ...steps.flatMap((step) => checksOfStep(step, files, first.includes(step))),
  ];
}

function checksOfApplication(application: Application, files: Files): Check[] {
  const stage = new Stage(files.service, application);
  const { key } = application;
  return [
    check(`R19: ${key} says all that people see in a store, and shows what it can do`, () =>
      problemsOfApplication(application, files),
    ),
    ...casesOf(files.application, key).map((one) => ({
      title: `${key}: ${one.title}`,
      run: async () => expectAnswer(await stage.invoke(one.invoke, one.exchanges), one),
    })),
  ];
}

function checksOfStep(step: AnyStep, files: Files, isFirst: boolean): Check[] {
  const file = files.steps.get(ownName(step));
  const sound = check(`R15: ${step.name} is described, and shown when all goes well and when not`, () =>
    problemsOfStep(step, file, files.service),
  );
  if (!file || !step.application) return [sound];
  const stage = new Stage(files.service, step.application);
  return [
    sound,
    ...file.cases.map((one) => ({
      title: `R15, R29: ${step.name}: ${one.title}`,
      run: async () => {
        if (one.outcome.kind === 'split') return playPages(stage, step, one, one.outcome);
        const outcome = await stage.step(step, one.input, one.exchanges);
        expectOutcome(outcome, one.outcome, step, stage.now, one.exchanges.at(-1)?.answer);
      },
    })),
    {
      title: `${step.name}: another input is refused before anybody is asked`,
      run: async () => {
        const notAnObject = { input: [1], says: 'the body must be object' };
        for (const { input, says } of [...file.refused, notAnObject]) {
          const outcome = await stage.step(step, input, []);
          expectOutcome(outcome, { kind: 'fail', code: 'step.input_invalid', says }, step, stage.now, undefined);
        }
      },
    },
    ...(isFirst
      ? [
          {
            title: `R25: ${step.name}: what may come instead of an answer`,
            run: () => playTrouble(step, stage, file, files),
          },
        ]
      : []),
    ...renewal(step, stage, file),
  ];
}

/** A token that has ended is renewed, where there is one. */
function renewal(step: AnyStep, stage: Stage, file: StepFile): Check[] {
  const good = goodCaseOf(file);
  const exchange = good?.exchanges[0];
  const again = exchange && renewed(stage, exchange);
  if (!good || !exchange || !again) return [];
  return [
    {
      title: `R30: ${step.name}: a token that has ended is renewed, and the request made again`,
      run: async () => {
        const ended = { ...exchange, answer: stage.service.tokenRefused };
        const { kind } = await stage.step(step, good.input, [ended, again]);
        if (kind !== good.outcome.kind)
          throw new AssertionError({ message: `The outcome is ${kind}; ${good.outcome.kind} was expected.` });
      },
    },
  ];
}

function check(title: string, problems: () => readonly string[]): Check {
  const run = async (): Promise<void> => {
    const found = problems();
    if (found.length > 0) throw new AssertionError({ message: `${found.join('; ')}.` });
  };
  return { title, run };
}
