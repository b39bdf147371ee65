// Fields of forms, as an author writes them.

import type { Choice, Field as FieldData, FieldType, Form as FormData } from '@sluice/protocol';
import type { ApplicationContext } from './context.ts';

/** A field; `choices` may be a function that asks the service when the form is shown. */
export interface Field extends Omit<FieldData, 'choices' | 'live'> {
  readonly choices?: readonly Choice[] | ((context: ApplicationContext) => Promise<readonly Choice[]>);
}

export interface Form extends Omit<FormData, 'fields'> {
  readonly fields: readonly Field[];
}

type Options = Omit<Field, 'key' | 'type' | 'label' | 'choices'>;
type Make = (key: string, label: string, options?: Options) => Field;
type MakeChoice = (key: string, label: string, choices: Choices, options?: Options) => Field;
/** Values with their labels, or plain values, or a question to the service. */
type Choices = Exclude<Field['choices'], undefined> | Readonly<Record<string, string>> | readonly string[];

const make =
  (type: FieldType): Make =>
  (key, label, options = {}) => ({ ...options, key, label, type });

const makeChoice =
  (type: FieldType): MakeChoice =>
  (key, label, choices, options = {}) => ({ ...options, key, label, type, choices: choicesOf(choices) });

function choicesOf(choices: Choices): Exclude<Field['choices'], undefined> {
  if (typeof choices === 'function') return choices;
  if (!Array.isArray(choices)) return Object.entries(choices as object).map(([value, label]) => ({ value, label }));
  return choices.map((one: string | Choice) => (typeof one === 'string' ? { value: one, label: one } : one));
}

/** `field.text('shop', 'Name of the shop', { required: true })` */
export const field = {
  text: make('text'),
  number: make('number'),
  url: make('url'),
  /** Never answered in clear. */
  password: make('password'),
  select: makeChoice('select'),
  multiSelect: makeChoice('multi-select'),
  checkbox: make('checkbox'),
  textarea: make('textarea'),
  json: make('json'),
  keyValue: make('key-value'),
  date: make('date'),
  file: make('file'),
} as const;

/** @param key  names its values: `{settings.shop}` in an address, `install.text('settings', 'shop')` in code */
export function form(key: string, label: string, fields: readonly Field[], description?: string): Form {
  return { key, label, fields, ...(description === undefined ? {} : { description }) };
}
