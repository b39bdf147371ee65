// Forms: what an application asks its users. Data, so that the platform can draw, check and store them without the
// code of the application.

import { z } from 'zod';

export const FIELD_TYPES = [
  'text',
  'number',
  'url',
  'password',
  'select',
  'multi-select',
  'checkbox',
  'textarea',
  'json',
  'key-value',
  'date',
  'file',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What texts may be, by name: a pattern of an author could hold up the platform. */
export const TEXT_FORMATS = ['email', 'hostname', 'identifier', 'uuid', 'pem'] as const;

const Key = z.string().regex(/^[A-Za-z][\w-]{0,99}$/, 'must begin with a letter and have letters, digits, _ or -');
const Words = z.string().max(10_000);
/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export const JsonShape = z.json() as unknown as z.ZodType<Json>;

export const ChoiceSchema = z.object({ value: z.string().max(1_000), label: z.string().max(1_000) });
export type Choice = z.infer<typeof ChoiceSchema>;

export const FieldSchema = z.object({
  key: Key,
  type: z.enum(FIELD_TYPES),
  label: z.string().min(1).max(200),
  description: Words.optional(),
  placeholder: z.string().max(1_000).optional(),
  required: z.boolean().optional(),
  /** Never answered in clear. A password always is. */
  secret: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  default: JsonShape.optional(),
  /** Of a select. */
  choices: z.array(ChoiceSchema).max(10_000).optional(),
  /** The choices come from the service, asked when the form is shown. */
  live: z.boolean().optional(),
  format: z.enum(TEXT_FORMATS).optional(),
  /** Characters of a text. */
  maxLength: z.number().int().min(1).max(1_000_000).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** Of a file; default 1 MiB. */
  maxBytes: z.number().int().min(1).max(4_194_304).optional(),
  /** Media types of a file, such as `application/pdf`. */
  accept: z.array(z.string().max(200)).max(50).optional(),
  /** Shown, and required, only while another field of the form has one of these values. */
  when: z.object({ field: Key, in: z.array(JsonShape).min(1).max(100) }).optional(),
});
/** One question of a form. */
export type Field = z.infer<typeof FieldSchema>;

export const FormSchema = z.object({
  key: Key,
  label: z.string().min(1).max(200),
  description: Words.optional(),
  fields: z.array(FieldSchema).max(200),
});
export type Form = z.infer<typeof FormSchema>;

/** What a user answered: form key → field key → value. */
export type Settings = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** A file in a form. */
export interface FileValue {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

/** Stands for a stored secret wherever settings are answered; sent back, it means "as it is". */
export const KEPT_SECRET = { secret: 'kept' } as const;
export const isKeptSecret = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { secret?: unknown }).secret === KEPT_SECRET.secret;

export const isSecretField = ({ type, secret }: Field): boolean => type === 'password' || secret === true;
