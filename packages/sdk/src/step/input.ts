// Whether a message is what a step takes: the same check and the same words for a queue, a synchronous call, a gateway
// route, a tool, and a test, because all of them end in the step.

import type { JsonSchema } from '@sluice/protocol';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { Fail } from './errors.ts';
import type { Message } from './message.ts';
import type { AnyStep } from './step.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** @throws Fail `step.input_invalid` with every problem and where it is */
export function checkInput({ name, kind, input }: AnyStep, message: Message): void {
  if (!input) return;
  let validate = compiled.get(input);
  if (!validate) {
    validate = ajv.compile(input);
    compiled.set(input, validate);
  }
  if (validate(message.json())) return;
  const problems = (validate.errors ?? [])
    .slice(0, 20)
    .map(({ instancePath, message: says }) => `${instancePath || 'the body'} ${says ?? 'is not valid'}`);
  throw new Fail(`The ${kind} "${name}" takes another input: ${problems.join('; ')}.`, { code: 'step.input_invalid' });
}
