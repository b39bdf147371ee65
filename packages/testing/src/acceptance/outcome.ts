// Whether an outcome is the one that was written down.

import { AssertionError } from 'node:assert';
import type { CallResult, InvocationResult } from '@sluice/protocol';
import { type AnyStep, partOf } from '@sluice/sdk';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { decodeText } from '../flow/body.ts';
import { differences } from './differences.ts';
import type { Answer, ApplicationCase, ExpectedOutcome } from './files.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });

/** @throws AssertionError with what was said instead */
export function expectOutcome(
  outcome: CallResult,
  expected: ExpectedOutcome,
  step: AnyStep,
  at: number,
  last: Answer | undefined,
): void {
  const reason = 'reason' in outcome ? `: ${outcome.reason}` : '';
  if (outcome.kind !== expected.kind)
    throw wrong(`The outcome is ${outcome.kind}${reason}; ${expected.kind} was expected.`);
  const after = 'after' in expected && expected.after !== undefined ? expected.after : null;
  const got =
    outcome.kind === 'limit'
      ? (outcome.untilMs ?? Number.NaN) - at
      : outcome.kind === 'redeliver'
        ? outcome.delayMs
        : null;
  if (after !== null && got !== after * 1_000)
    throw wrong(`It waits ${got ?? 'some'} ms; ${after} s were expected${reason}.`);
  if (outcome.kind === 'fail' && expected.kind === 'fail' && outcome.code !== expected.code)
    throw wrong(`The code is ${outcome.code ?? 'none'}; ${expected.code} was expected${reason}.`);
  const says = 'says' in expected ? expected.says : undefined;
  if (says !== undefined && !reason.includes(says)) throw wrong(`"${says}" was expected in the reason${reason}.`);
  if (outcome.kind === 'forward' && expected.kind === 'forward') {
    const wanted = expected.json ?? partOf(last?.json, expected.from);
    same(wanted, JSON.parse(decodeText(outcome.item.body)), 'What it gives');
    ofSchema(step, JSON.parse(decodeText(outcome.item.body)));
  }
  if (outcome.kind === 'split' && expected.kind === 'split') {
    const items = outcome.items.map(({ body }) => JSON.parse(decodeText(body)) as unknown);
    same(partOf(last?.json, expected.from), items, 'The items of the page');
    for (const item of items) ofSchema(step, item);
  }
}

/** @throws AssertionError */
export function expectAnswer(result: InvocationResult, { answers, fails }: ApplicationCase): void {
  if (result.ok) {
    if (fails) throw wrong(`It gives ${JSON.stringify(result.value)}; a failure ${fails.code} was expected.`);
    same(answers ?? null, result.value, 'What it gives');
    return;
  }
  const { code, message } = result.failure;
  if (!fails) throw wrong(`It fails (${code}): ${message}`);
  if (code !== fails.code || !message.includes(fails.says))
    throw wrong(`It fails with ${code}: ${message}; ${fails.code} with "${fails.says}" was expected.`);
}

function same(expected: unknown, actual: unknown, what: string): void {
  const found = differences(expected, actual);
  if (found.length > 0) throw wrong(`${what} is another: ${found.join('; ')}.`);
}

function ofSchema({ name, output = {} }: AnyStep, value: unknown): void {
  if (ajv.validate(output, value)) return;
  throw wrong(`What "${name}" gives is not what its output schema says: ${ajv.errorsText()}.`);
}

const wrong = (message: string): AssertionError => new AssertionError({ message });
