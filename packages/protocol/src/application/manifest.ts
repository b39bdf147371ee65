// What a worker says of an application it offers.

import { z } from 'zod';
import { HttpMethodSchema } from '../worker/http-method.ts';
import { AuthDescriptorSchema } from './auth.ts';
import { FormSchema, JsonShape } from './form.ts';
import { WebhookEventSchema } from './webhook.ts';

const Key = z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'must have letters, digits, ".", "_" and "-" only');
const Words = z.string().max(20_000);
/** A JSON Schema. */
export const SchemaShape = z.record(z.string(), JsonShape);
export type JsonSchema = z.infer<typeof SchemaShape>;

/** At most so many calls in any sliding window, of one user or of all together. */
export const ApplicationLimitSchema = z.object({
  amount: z.number().int().min(1).max(1_000_000),
  windowMs: z
    .number()
    .int()
    .min(10)
    .max(86_400_000 * 31),
  per: z.enum(['user', 'application']).default('user'),
});
export type ApplicationLimit = z.infer<typeof ApplicationLimitSchema>;

/** A method that is called synchronously. */
export const MethodSchema = z.object({
  name: Key,
  description: Words.optional(),
  /** HTTP methods it takes. */
  methods: z.array(HttpMethodSchema).min(1),
  input: SchemaShape.optional(),
  output: SchemaShape.optional(),
});
export type MethodDescriptor = z.infer<typeof MethodSchema>;

/** A button on the page of an install. */
export const ActionButtonSchema = z.object({
  name: Key,
  label: z.string().min(1).max(200),
  description: Words.optional(),
  /** What the person is asked before it runs. */
  form: FormSchema.optional(),
});
export type ActionButton = z.infer<typeof ActionButtonSchema>;

export const HOOKS = ['installed', 'saved', 'authorised', 'enabled', 'disabled', 'uninstalled'] as const;
export type Hook = (typeof HOOKS)[number];

/** The npm package that brings an application. */
export const PackageOriginSchema = z.object({
  name: z.string().min(1).max(214),
  version: z.string().min(1).max(256),
  /** Versions of the SDK that it is made for, as a range. */
  sdk: z.string().max(256).optional(),
});
export type PackageOrigin = z.infer<typeof PackageOriginSchema>;

/** What people look for in a store, with its words. */
export const CATEGORIES = {
  accounting: 'Accounting and invoices',
  ai: 'Artificial intelligence',
  analytics: 'Analytics',
  calendar: 'Calendars and meetings',
  commerce: 'E-commerce',
  communication: 'Messages and calls',
  content: 'Websites and content',
  crm: 'Customers and sales',
  databases: 'Tables and databases',
  development: 'Development',
  documents: 'Documents and files',
  email: 'E-mail',
  forms: 'Forms and surveys',
  hr: 'People and HR',
  logistics: 'Shipping and stock',
  marketing: 'Marketing',
  payments: 'Payments',
  projects: 'Projects and tasks',
  protocols: 'Protocols and brokers',
  support: 'Customer support',
} as const;
export type Category = keyof typeof CATEGORIES;

export const ApplicationManifestSchema = z.object({
  key: Key,
  name: z.string().min(1).max(200),
  /** Markdown. */
  description: Words.optional(),
  /** Of `CATEGORIES`; a word that this platform does not know yet is no reason to refuse a worker. */
  categories: z.array(z.string().min(1).max(40)).max(5).default([]),
  package: PackageOriginSchema.optional(),
  /** `data:` address of an image, at most 200 KB. */
  logo: z
    .string()
    .max(280_000)
    .regex(
      /^data:image\/(svg\+xml|png|jpeg|gif|webp);base64,[A-Za-z\d+/]+={0,2}$/,
      'must be a data: address of an image',
    )
    .optional(),
  website: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  /** Template of the address that its endpoints have in common. */
  baseUrl: z.string().max(2_000).optional(),
  forms: z.array(FormSchema).max(50).default([]),
  auth: AuthDescriptorSchema.optional(),
  /** Its requests are proven by what stands in its code: nobody but its worker can send them. */
  ownProof: z.boolean().optional(),
  limits: z.array(ApplicationLimitSchema).max(10).default([]),
  webhooks: z.array(WebhookEventSchema).max(500).default([]),
  methods: z.array(MethodSchema).max(1_000).default([]),
  actions: z.array(ActionButtonSchema).max(50).default([]),
  hooks: z.array(z.enum(HOOKS)).default([]),
  /** Its connection can be tested. */
  testable: z.boolean().default(false),
});
export type ApplicationManifest = z.infer<typeof ApplicationManifestSchema>;
