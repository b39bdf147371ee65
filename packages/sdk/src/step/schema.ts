// JSON Schemas, compiled once each.

import type { JsonSchema } from '@sluice/protocol';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

const MOST = 20;

class Schemas {
  readonly #coerceTypes: boolean;
  /** Made for the first schema: many services have none. */
  #ajv: Ajv2020 | null = null;
  readonly #compiled = new WeakMap<JsonSchema, ValidateFunction>();

  constructor(coerceTypes: boolean) {
    this.#coerceTypes = coerceTypes;
  }

  problems(schema: JsonSchema, value: unknown): string[] {
    let validate = this.#compiled.get(schema);
    if (!validate) {
      validate = this.#compile(schema);
      this.#compiled.set(schema, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).slice(0, MOST).map(inWords);
  }

  #compile(schema: JsonSchema): ValidateFunction {
    this.#ajv ??= new Ajv2020({
      allErrors: true,
      strict: false,
      validateFormats: false,
      ownProperties: true,
      coerceTypes: this.#coerceTypes,
    });
    return this.#ajv.compile(schema);
  }
}

const asTheyAre = new Schemas(false);
const fromText = new Schemas(true);

/** Every problem and where it is; at most twenty. */
export function problemsOf(schema: JsonSchema, value: unknown): string[] {
  return asTheyAre.problems(schema, value);
}

/** The same for values that came as text, such as those of a query: numbers and booleans are made of them in place. */
export function problemsOfText(schema: JsonSchema, value: Record<string, unknown>): string[] {
  return fromText.problems(schema, value);
}

const inWords = ({ instancePath, message }: ErrorObject): string =>
  `${instancePath || 'the body'} ${message ?? 'is not valid'}`;
