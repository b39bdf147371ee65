// JSON Schemas of inputs and outputs, in few words: `schema.object({ title: schema.text('Title') }, ['title'])`.

import type { JsonSchema } from '@sluice/protocol';

type Properties = Readonly<Record<string, JsonSchema>>;
type Make = (description?: string, more?: JsonSchema) => JsonSchema;

const make =
  (type: string): Make =>
  (description, more = {}) => ({ type, ...(description === undefined ? {} : { description }), ...more });

export const schema = {
  text: make('string'),
  integer: make('integer'),
  number: make('number'),
  flag: make('boolean'),
  /** Any object. */
  map: make('object'),
  list: (items: JsonSchema, description?: string, more: JsonSchema = {}): JsonSchema =>
    make('array')(description, { items, ...more }),
  choice: (values: readonly string[], description?: string): JsonSchema =>
    make('string')(description, { enum: [...values] }),
  orNull: (of: JsonSchema): JsonSchema => ({
    ...(of.description === undefined ? {} : { description: of.description }),
    anyOf: [of, { type: 'null' }],
  }),
  /** Other fields may be there: a message often carries more than one step needs. */
  object: (properties: Properties, required: readonly string[] = [], more: JsonSchema = {}): JsonSchema => ({
    type: 'object',
    properties,
    ...(required.length > 0 ? { required: [...required] } : {}),
    ...more,
  }),
  /** All of the fields, and whatever else there is. */
  record: (properties: Properties): JsonSchema => schema.object(properties, Object.keys(properties)),
} as const;

/** The named fields that are there. */
export function pick(from: unknown, names: readonly string[]): Record<string, unknown> {
  const source = (from ?? {}) as Record<string, unknown>;
  return Object.fromEntries(names.filter((name) => Object.hasOwn(source, name)).map((name) => [name, source[name]]));
}
