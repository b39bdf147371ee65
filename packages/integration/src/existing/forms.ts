// Forms of existing applications, which the worker makes for each install, in our terms; and what is saved of them.

import {
  type Choice,
  checkForm,
  type Field,
  type FieldType,
  type Form,
  isKeptSecret,
  isSecretField,
  type Json,
  KEPT_SECRET,
  type Settings,
} from '@sluice/protocol';

const TYPES: Readonly<Record<string, FieldType>> = {
  text: 'text',
  number: 'number',
  url: 'url',
  password: 'password',
  selectbox: 'select',
  multiselect: 'multi-select',
  checkbox: 'checkbox',
};
const MAX_FORMS = 50;
const MAX_FIELDS = 200;
const MAX_CHOICES = 10_000;

export interface FilledForms {
  readonly forms: readonly Form[];
  /** As a person sees them: secrets as kept. */
  readonly settings: Settings;
}

/** @param raw  `applicationSettings` of the worker: form key → form with fields that carry their values */
export function formsOf(raw: unknown): FilledForms {
  const forms: Form[] = [];
  const settings: Record<string, Record<string, Json>> = {};
  for (const [key, value] of Object.entries(record(raw)).slice(0, MAX_FORMS)) {
    const source = record(value);
    const locked = source.readOnly === true;
    const fields: Field[] = [];
    const values: Record<string, Json> = {};
    for (const one of listOf(source.fields).slice(0, MAX_FIELDS)) {
      const field = fieldOf(one, locked);
      if (!field) continue;
      fields.push(field);
      const shown = shownValue(field, record(one).value);
      if (shown !== undefined) values[field.key] = shown;
    }
    const description = text(source.description, 10_000);
    forms.push({ key, label: text(source.publicName, 200) || key, ...(description ? { description } : {}), fields });
    settings[key] = values;
  }
  return { forms, settings };
}

function fieldOf(raw: unknown, locked: boolean): Field | null {
  const { type, key, label, description, required, readOnly, disabled, choices } = record(raw);
  if (typeof key !== 'string' || key === '' || key.length > 200 || key === '__proto__') return null;
  const ours = TYPES[String(type)] ?? 'text';
  const words = text(description, 10_000);
  return {
    key,
    type: ours,
    label: text(label, 200) || key,
    ...(words ? { description: words } : {}),
    ...(required === true ? { required: true } : {}),
    ...(locked || readOnly === true || disabled === true ? { readOnly: true } : {}),
    ...(ours === 'select' || ours === 'multi-select' ? { choices: listOf(choices).flatMap(choicesOf) } : {}),
  };
}

/** A text, or an object of value and label. */
function choicesOf(raw: unknown, index: number): Choice[] {
  if (index >= MAX_CHOICES) return [];
  if (typeof raw === 'string' || typeof raw === 'number') return [{ value: String(raw), label: String(raw) }];
  return Object.entries(record(raw)).map(([value, label]) => ({ value, label: text(label, 1_000) || value }));
}

/** A stored password is `true`. Older forms stored numbers and choices in other types. */
function shownValue(field: Field, value: unknown): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (isSecretField(field)) return value === false || value === '' ? undefined : { ...KEPT_SECRET };
  if (field.type === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  if (field.type === 'select' && typeof value === 'number') return String(value);
  return value as Json;
}

export interface Outgoing {
  /** What the worker is told; what is kept is left out, because the worker would store its mark. */
  readonly settings: Settings;
  /** By `form.field`. */
  readonly problems: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** What a save sends to the worker. */
export function outgoingSettings({ forms, settings: shown }: FilledForms, incoming: Settings): Outgoing {
  const settings: Record<string, Record<string, Json>> = {};
  const problems: Record<string, string> = {};
  const secrets: string[] = [];
  for (const [key, values] of Object.entries(incoming)) {
    const form = forms.find((one) => one.key === key);
    if (!form) {
      problems[key] = `There is no such form. There are: ${forms.map((one) => one.key).join(', ') || 'none'}.`;
      continue;
    }
    const sent: Record<string, Json> = {};
    for (const [name, value] of Object.entries(values)) {
      const field = form.fields.find((one) => one.key === name);
      if (!field) problems[`${key}.${name}`] = 'There is no such field.';
      else if (isKeptSecret(value) && isSecretField(field)) continue;
      else if (field.readOnly) {
        if (JSON.stringify(value) !== JSON.stringify(shown[key]?.[name] ?? null))
          problems[`${key}.${name}`] = 'This cannot be changed.';
      } else {
        sent[name] = value;
        if (isSecretField(field) && typeof value === 'string') secrets.push(value);
      }
    }
    for (const [name, problem] of Object.entries(checkForm(askedOf(form), { ...plain(shown[key]), ...sent })))
      problems[`${key}.${name}`] ??= problem;
    if (Object.keys(sent).length > 0) settings[key] = sent;
  }
  return { settings, problems, secrets };
}

/** What is missing or wrong in all forms, by `form.field`. */
export function problemsIn({ forms, settings }: FilledForms): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const form of forms)
    for (const [name, problem] of Object.entries(checkForm(askedOf(form), plain(settings[form.key]))))
      problems[`${form.key}.${name}`] = problem;
  return problems;
}

/** Nobody is asked for what cannot be changed. */
const askedOf = (form: Form): Form => ({ ...form, fields: form.fields.filter(({ readOnly }) => !readOnly) });

/** A kept secret is some text. */
const plain = (values: Readonly<Record<string, Json>> = {}): Record<string, Json> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isKeptSecret(value) ? 'kept' : value]));

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown, longest: number): string => (typeof value === 'string' ? value.slice(0, longest) : '');
