// A batch is asked page after page, and every page a second time: after a lost answer the same cursor must mean the same page.

import { AssertionError } from 'node:assert';
import type { CallResult } from '@sluice/protocol';
import type { AnyStep } from '@sluice/sdk';
import type { ExpectedOutcome, StepCase } from './files.ts';
import { expectOutcome } from './outcome.ts';
import type { Stage } from './stage.ts';

/** @throws AssertionError */
export async function playPages(
  stage: Stage,
  step: AnyStep,
  { input, exchanges }: StepCase,
  expected: Extract<ExpectedOutcome, { kind: 'split' }>,
): Promise<void> {
  if (exchanges.length !== expected.cursors.length + 1)
    throw new AssertionError({
      message: `${exchanges.length} pages need ${exchanges.length - 1} cursors between them.`,
    });
  for (const [page, exchange] of exchanges.entries()) {
    const cursor = expected.cursors[page - 1] ?? null;
    const items = expected.items?.[page];
    const [answer, how] = items
      ? [
          { ...exchange.answer, json: items },
          { ...expected, from: '' },
        ]
      : [exchange.answer, expected];
    for (const _time of ['first', 'again']) {
      const outcome = await stage.step(step, input, [exchange], cursor);
      expectOutcome(outcome, how, step, stage.now, answer);
      expectCursor(outcome, expected.cursors[page]);
    }
  }
}

function expectCursor(outcome: CallResult, expected: string | undefined): void {
  const cursor = outcome.kind === 'split' ? outcome.cursor : undefined;
  if (cursor === expected) return;
  throw new AssertionError({
    message: `The page leads on to ${cursor ?? 'nothing'}; ${expected ?? 'nothing'} was expected.`,
    actual: cursor,
    expected,
  });
}
