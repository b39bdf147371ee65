// Whether the values of a form are what its fields ask for: one message per field, in words.

import type { Field, FileValue, Form, Json } from './form.ts';

type Values = Readonly<Record<string, Json | undefined>>;

const DEFAULT_FILE_BYTES = 1_048_576;
const DEFAULT_LENGTH = 10_000;
const TEXTAREA_LENGTH = 100_000;

/** @returns message by field key; empty when all is well */
export function checkForm(form: Form, values: Values): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of form.fields) {
    const problem = isShown(field, form, values) ? checkField(field, values[field.key]) : null;
    if (problem) problems[field.key] = problem;
  }
  return problems;
}

/** Whether the condition of a field, and those of the fields it depends on, hold. */
export function isShown(field: Field, form: Form, values: Values, depth = 0): boolean {
  if (!field.when || depth > 10) return true;
  const { when } = field;
  const other = form.fields.find(({ key }) => key === when.field);
  if (!other || !isShown(other, form, values, depth + 1)) return false;
  const value = values[when.field] ?? other.default ?? null;
  return when.in.some((wanted) => JSON.stringify(wanted) === JSON.stringify(value));
}

/** @returns what is wrong, or null */
export function checkField(field: Field, value: Json | undefined): string | null {
  if (value === undefined || value === null || value === '' || (field.type === 'checkbox' && value === false)) {
    if (!field.required) return null;
    return field.type === 'checkbox' ? 'This must be accepted.' : 'This is required.';
  }
  switch (field.type) {
    case 'text':
    case 'password':
    case 'textarea':
      return checkText(field, value);
    case 'url':
      return checkUrl(value);
    case 'number':
      return checkNumber(field, value);
    case 'checkbox':
      return typeof value === 'boolean' ? null : 'Yes or no (true or false) was expected.';
    case 'select':
      return checkChoice(field, value);
    case 'multi-select':
      if (!Array.isArray(value)) return 'A list of choices was expected.';
      if (field.required && value.length === 0) return 'Choose at least one.';
      return value.map((one) => checkChoice(field, one as Json)).find((problem) => problem !== null) ?? null;
    case 'date':
      return typeof value === 'string' && isDate(value)
        ? null
        : 'A date such as 2026-01-31 was expected, with a time if needed: 2026-01-31T12:00:00Z.';
    case 'json':
      return null;
    case 'key-value':
      return isKeyValue(value) ? null : 'Pairs of a name and a text were expected.';
    case 'file':
      return checkFile(field, value);
  }
}

function checkText({ type, format, maxLength }: Field, value: Json): string | null {
  if (typeof value !== 'string') return 'A text was expected.';
  const longest = maxLength ?? (type === 'textarea' || format === 'pem' ? TEXTAREA_LENGTH : DEFAULT_LENGTH);
  if (value.length > longest) return `At most ${longest} characters were expected, got ${value.length}.`;
  switch (format) {
    case 'email':
      return /^[^\s@]{1,64}@[^\s@.]{1,63}(\.[^\s@.]{1,63}){1,8}$/.test(value)
        ? null
        : 'An e-mail address was expected.';
    case 'hostname':
      return isHostname(value) ? null : 'The name of a host was expected, such as shop.example.com.';
    case 'identifier':
      return /^[\w.-]{1,200}$/.test(value) ? null : 'Only letters, digits, "_", "-" and "." were expected.';
    case 'uuid':
      return /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(value) ? null : 'A UUID was expected.';
    case 'pem':
      return /^\s*-----BEGIN [A-Z0-9 ]{1,60}-----/.test(value) ? null : 'A PEM text was expected: -----BEGIN …-----.';
    default:
      return null;
  }
}

export const isHostname = (value: string): boolean =>
  value.length <= 253 && /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i.test(value);

function checkUrl(value: Json): string | null {
  const problem = 'An address with http:// or https:// was expected.';
  if (typeof value !== 'string' || value.length > 2_000 || !URL.canParse(value)) return problem;
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return problem;
  return url.username || url.password ? 'An address without user and password in it was expected.' : null;
}

function checkNumber({ minimum, maximum }: Field, value: Json): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'A number was expected.';
  if (minimum !== undefined && value < minimum) return `At least ${minimum} was expected.`;
  return maximum !== undefined && value > maximum ? `At most ${maximum} was expected.` : null;
}

function checkChoice({ choices, live }: Field, value: Json): string | null {
  if (typeof value !== 'string' || value.length > 1_000) return 'One of the choices was expected.';
  if (live || choices?.some((choice) => choice.value === value)) return null;
  const known = (choices ?? []).slice(0, 10).map((choice) => `"${choice.value}"`);
  return `One of ${known.join(', ')} was expected, got "${value.slice(0, 100)}".`;
}

const isDate = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(`${value.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(value.slice(0, 10));

const isKeyValue = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).length <= 200 &&
  Object.entries(value).every(([name, text]) => name !== '' && name.length <= 200 && typeof text === 'string');

function checkFile({ maxBytes = DEFAULT_FILE_BYTES, accept }: Field, value: Json): string | null {
  const { name, contentType, base64 } = (value ?? {}) as Partial<FileValue>;
  if (typeof name !== 'string' || typeof contentType !== 'string' || typeof base64 !== 'string')
    return 'A file was expected: {name, contentType, base64}.';
  if (name.length > 255 || contentType.length > 200) return 'The name or the content type of the file is too long.';
  if (base64.length % 4 !== 0 || !/^[A-Za-z\d+/]*={0,2}$/.test(base64)) return 'The content of the file is no base64.';
  const bytes = (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
  if (bytes > maxBytes) return `A file of at most ${maxBytes} bytes was expected, got ${bytes}.`;
  return accept && !accept.includes(contentType)
    ? `A file of type ${accept.join(', ')} was expected, got ${contentType}.`
    : null;
}
