// The JSON Schema of a user task as questions: what of it can be drawn, and what of an answer is wrong.
//
// Only what a field can say at once is checked here; the platform checks an answer by the whole schema.

import { checkField, type Field, type Json, type JsonSchema } from '@sluice/protocol';

export type Answer = { readonly [name: string]: Json };

export interface Question {
  readonly key: string;
  /** JSON Pointer of the member in the answer. */
  readonly pointer: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly required: boolean;
  /** How it is asked; a member that is an object of known members has questions of its own instead. */
  readonly field: Field | null;
  readonly members: readonly Question[];
  /** What is written when nobody says anything. */
  readonly initial?: Json | undefined;
  readonly schema: JsonSchema;
}

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function questionsOf(schema: JsonSchema, pointer = ''): Question[] {
  const properties = isAnswer(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(properties).map(([key, member]): Question => {
    const own = (isAnswer(member) ? member : {}) as JsonSchema;
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const isGroup = typeOf(own) === 'object' && isAnswer(own.properties);
    const field = isGroup ? null : fieldOf(key, own, required.has(key));
    return {
      key,
      pointer: at,
      label: textOf(own.title) ?? key,
      description: textOf(own.description),
      required: required.has(key),
      field,
      members: isGroup ? questionsOf(own, at) : [],
      initial: own.default ?? (field?.type === 'checkbox' && required.has(key) ? false : undefined),
      schema: own,
    };
  });
}

function fieldOf(key: string, schema: JsonSchema, required: boolean): Field {
  const { minimum, maximum, maxLength, format, items } = schema;
  const common = { key, label: textOf(schema.title) ?? key, description: textOf(schema.description), required };
  const length = typeof maxLength === 'number' ? maxLength : undefined;
  const choices = choicesOf(schema);
  if (choices) return { ...common, type: 'select', choices };
  switch (typeOf(schema)) {
    case 'boolean':
      // A box that is not ticked says no, which is an answer.
      return { ...common, type: 'checkbox', required: false };
    case 'integer':
    case 'number':
      return {
        ...common,
        type: 'number',
        ...(typeof minimum === 'number' ? { minimum } : {}),
        ...(typeof maximum === 'number' ? { maximum } : {}),
      };
    case 'string':
      if (format === 'date') return { ...common, type: 'date' };
      if (format === 'uri') return { ...common, type: 'url' };
      if (length === undefined || length <= 200)
        return {
          ...common,
          type: 'text',
          ...(length === undefined ? {} : { maxLength: length }),
          ...(format === 'email' || format === 'uuid' || format === 'hostname' ? { format } : {}),
          ...(format === 'date-time' ? { placeholder: '2026-01-31T12:00:00Z' } : {}),
        };
      return { ...common, type: 'textarea', maxLength: length };
    case 'array': {
      const many = isAnswer(items) ? choicesOf(items as JsonSchema) : null;
      if (many) return { ...common, type: 'multi-select', choices: many };
    }
  }
  return { ...common, type: 'json' };
}

const choicesOf = ({ enum: values }: JsonSchema): Field['choices'] | null =>
  Array.isArray(values) && values.every((value) => value !== null && typeof value !== 'object')
    ? values.map((value) => ({ value: String(value), label: String(value) }))
    : null;

/** The one type that it has; null beside it says that it may be missing. */
function typeOf({ type }: JsonSchema): unknown {
  const types = [type].flat().filter((one) => one !== 'null');
  return types.length === 1 ? types[0] : undefined;
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** What a field gives, as the schema has it: a choice is one of the values, whatever their type. */
export function given({ schema, field }: Question, value: Json): Json | undefined {
  const back = (values: Json | undefined, text: Json): Json =>
    (Array.isArray(values) ? values.find((one) => String(one) === text) : undefined) ?? text;
  if (value === null || (Array.isArray(value) && value.length === 0)) return undefined;
  if (field?.type === 'select') return back(schema.enum, value);
  if (field?.type === 'multi-select' && Array.isArray(value))
    return value.map((one) => back((schema.items as JsonSchema | undefined)?.enum, one));
  return value;
}

/** What a field shows. */
export function shown({ field }: Question, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (field?.type === 'select') return String(value);
  if (field?.type === 'multi-select' && Array.isArray(value)) return value.map(String);
  return value;
}

/** An answer with a member more, other, or (undefined) less. */
export function withMember(answer: Answer, key: string, value: Json | undefined): Answer {
  const { [key]: _, ...others } = answer;
  return value === undefined ? others : { ...answer, [key]: value };
}

/** What the answer is before anybody typed: the data of the message, with what the schema proposes for the rest. */
export function begun(schema: JsonSchema, questions: readonly Question[], body: unknown): Answer {
  const data = isAnswer(body) ? body : {};
  const closed = schema.additionalProperties === false;
  const known = new Set(questions.map(({ key }) => key));
  const kept = closed ? Object.fromEntries(Object.entries(data).filter(([key]) => known.has(key))) : data;
  const answer: Record<string, Json> = { ...kept };
  for (const { key, members, required, initial, schema: own } of questions) {
    const now = answer[key];
    if (members.length > 0) {
      if (required || isAnswer(now)) answer[key] = begun(own, members, now);
    } else if (now === undefined && initial !== undefined) answer[key] = initial;
  }
  return answer;
}

/** What is wrong, by pointer. */
export function problemsOf(questions: readonly Question[], answer: Answer): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const question of questions) {
    const { key, pointer, field, members, required, schema } = question;
    const value = answer[key];
    if (field) {
      const problem = checkField(field, shown(question, value)) ?? moreOf(schema, value);
      if (problem !== null) problems[pointer] = problem;
    } else if (value !== undefined || required)
      Object.assign(problems, problemsOf(members, isAnswer(value) ? value : {}));
  }
  return problems;
}

function moreOf(schema: JsonSchema, value: Json | undefined): string | null {
  const { minLength } = schema;
  if (typeOf(schema) === 'integer' && typeof value === 'number' && !Number.isInteger(value))
    return 'A whole number was expected.';
  return typeof minLength === 'number' && typeof value === 'string' && value.length < minLength
    ? `At least ${minLength} characters were expected.`
    : null;
}

/** What the platform says of an answer, by pointer: what is missing stands at the member that is missing. */
export function placed(problems: readonly unknown[]): Record<string, string> {
  return Object.fromEntries(
    problems.map((problem) => {
      const { pointer = '', message = '' } = problem as { pointer?: string; message?: string };
      const missing = /^must have "(.*)"$/.exec(message)?.[1];
      return missing === undefined ? [pointer, `It ${message}.`] : [`${pointer}/${missing}`, 'This is required.'];
    }),
  );
}
