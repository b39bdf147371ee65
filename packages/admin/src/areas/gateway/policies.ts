// Parts of a route that are switched on and have members: which, and how each is asked for.

import { CONTENT_FORMATS, type Field, type Json } from '@sluice/protocol';
import type { Place } from './draft.ts';

export interface PolicyPart {
  readonly place: Place;
  readonly title: string;
  readonly note: string;
  readonly fields: readonly Field[];
  /** What it is when it is switched on; without it, it is there as soon as a member is. */
  readonly begin?: Json;
}

const formats = CONTENT_FORMATS.map((value) => ({ value, label: value.toUpperCase() }));
const many = (key: string, label: string, description?: string): Field => ({
  key,
  type: 'multi-select',
  live: true,
  label,
  ...(description === undefined ? {} : { description }),
});
const number = (key: string, label: string, more: Partial<Field> = {}): Field => ({
  key,
  type: 'number',
  label,
  ...more,
});
const headers: readonly Field[] = [
  { key: 'set', type: 'key-value', label: 'Set', description: 'Whatever there is, it becomes this.' },
  { key: 'add', type: 'key-value', label: 'Add', description: 'Only where it is not there.' },
  many('remove', 'Remove'),
];

export const REQUEST: PolicyPart = {
  place: ['request'],
  title: 'Request',
  note: 'What is taken, and what becomes of it before it goes on.',
  fields: [
    number('maxBytes', 'At most, in bytes', { minimum: 0 }),
    {
      key: 'accepts',
      type: 'multi-select',
      label: 'Formats that are taken',
      description: 'Each is turned into JSON.',
      choices: formats,
    },
    {
      key: 'map',
      type: 'textarea',
      label: 'Mapping',
      description:
        'JSONata over {headers, body, user, params, query, method, path, consumer}: the body that the target gets.',
      placeholder: '{ "number": body.order.id, "by": consumer }',
    },
    {
      key: 'schema',
      type: 'json',
      label: 'Schema of the body',
      description: 'JSON Schema 2020-12; what breaks it is refused with 422.',
    },
    { key: 'query', type: 'json', label: 'Schema of the query' },
    { key: 'params', type: 'json', label: 'Schema of the parameters of the path' },
  ],
};

export const REQUEST_HEADERS: PolicyPart = {
  place: ['request', 'headers'],
  title: 'Headers of the request',
  note: 'As the target gets them.',
  fields: headers,
};

export const RESPONSE: PolicyPart = {
  place: ['response'],
  title: 'Answer',
  note: 'What the client gets.',
  fields: [
    {
      key: 'map',
      type: 'textarea',
      label: 'Mapping',
      description: 'JSONata over {headers, body, status}: the body that the client gets.',
    },
    { key: 'schema', type: 'json', label: 'Schema of the body', description: 'An answer that breaks it becomes 502.' },
    {
      key: 'produces',
      type: 'multi-select',
      label: 'Formats it may ask for',
      description: 'The first is the default.',
      choices: formats,
    },
    { key: 'compress', type: 'checkbox', label: 'Compress what is worth it' },
  ],
};

export const RESPONSE_HEADERS: PolicyPart = {
  place: ['response', 'headers'],
  title: 'Headers of the answer',
  note: 'As the client gets them.',
  fields: headers,
};

export const RETRY: PolicyPart = {
  place: ['retry'],
  title: 'Repeat',
  note: 'Requests that had no effect yet are sent again.',
  begin: { attempts: 2 },
  fields: [
    number('attempts', 'Attempts in all', { minimum: 1, maximum: 5, required: true }),
    number('delayMs', 'Between them, in ms', { minimum: 1, default: 100 }),
    number('budget', 'At most this part of all requests', { minimum: 0.01, maximum: 1, default: 0.2 }),
  ],
};

export const CIRCUIT: PolicyPart = {
  place: ['circuit'],
  title: 'Circuit breaker',
  note: 'While the target is broken, the answer is 503 at once.',
  begin: {},
  fields: [
    number('failures', 'Opens after so many failures in a row', { minimum: 1, default: 5 }),
    number('openMs', 'Stays open, in ms', { minimum: 1, default: 10_000 }),
  ],
};

export const CACHE: PolicyPart = {
  place: ['cache'],
  title: 'Cache',
  note: 'Shared cache by RFC 9111: what the target allows, and no more.',
  begin: {},
  fields: [
    number('defaultTtlMs', 'Fresh for, where the answer does not say, in ms', { minimum: 0, default: 0 }),
    many('query', 'Names of the query that make a difference', 'Without any: all.'),
    number('maxBytes', 'Largest answer, in bytes', { minimum: 1, default: 1_048_576 }),
  ],
};

export const IDEMPOTENCY: PolicyPart = {
  place: ['idempotency'],
  title: 'Idempotency key',
  note: 'A request with a known key of the same consumer gets the answer of the first.',
  begin: {},
  fields: [
    { key: 'required', type: 'checkbox', label: 'A request without a key is refused' },
    number('keepMs', 'Answers are kept for, in ms', { minimum: 1, default: 86_400_000 }),
  ],
};

export const CORS: PolicyPart = {
  place: ['cors'],
  title: 'Browsers of other sites (CORS)',
  note: 'Pages of these origins may call the route.',
  begin: { origins: [] },
  fields: [
    { ...many('origins', 'Origins', '“*” is any, then without credentials.'), required: true },
    many('headers', 'Headers they may send'),
    many('exposed', 'Headers they may read'),
    { key: 'credentials', type: 'checkbox', label: 'With credentials' },
    number('maxAgeS', 'Preflights hold for, in s', { minimum: 0, maximum: 86_400, default: 600 }),
  ],
};
