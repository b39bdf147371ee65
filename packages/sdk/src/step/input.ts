// Whether a message is what a step takes: the same check and the same words for a queue, a synchronous call, a gateway
// route, a tool, and a test, because all of them end in the step.

import type { JsonSchema } from '@sluice/protocol';
import { Fail } from './errors.ts';
import type { Message } from './message.ts';
import { problemsOf } from './schema.ts';
import type { AnyStep } from './step.ts';

/** @throws Fail `step.input_invalid` with every problem and where it is */
export function checkInput({ name, kind, input }: AnyStep, message: Message): void {
  if (input) checkValue(`The ${kind} "${name}"`, input, jsonOf(message));
}

/** @throws Fail `step.input_invalid` */
export function checkValue(who: string, schema: JsonSchema, value: unknown): void {
  const problems = problemsOf(schema, value);
  if (problems.length === 0) return;
  throw new Fail(`${who} takes another input: ${problems.join('; ')}.`, { code: 'step.input_invalid', problems });
}

/** A body that is no JSON is another input as well. */
function jsonOf(message: Message): unknown {
  try {
    return message.json();
  } catch (cause) {
    const { message: reason } = cause as Fail;
    throw new Fail(reason, { cause, code: 'step.input_invalid', problems: [reason] });
  }
}
