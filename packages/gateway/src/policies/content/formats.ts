// Formats of bodies, each read into a JSON value and written from one.

import type { ContentFormat } from '@sluice/protocol';
import { readForm, writeForm } from './form.ts';
import { readJson } from './json.ts';

export interface Format {
  /** The first is the one that answers have. */
  readonly types: readonly string[];
  /** @throws Error saying what is wrong with the text */
  read(text: string): unknown | Promise<unknown>;
  /** @throws Error saying why the value has no form in this format */
  write(value: unknown): string | Promise<string>;
}

// Loaded when a body is of them: their libraries are many files, and most routes speak JSON.
const xml = () => import('./xml.ts');
const csv = () => import('./csv.ts');

export const FORMATS: Readonly<Record<ContentFormat, Format>> = {
  json: { types: ['application/json'], read: readJson, write: (value) => JSON.stringify(value) },
  xml: {
    types: ['application/xml', 'text/xml'],
    read: async (text) => (await xml()).readXml(text),
    write: async (value) => (await xml()).writeXml(value),
  },
  form: { types: ['application/x-www-form-urlencoded'], read: readForm, write: writeForm },
  csv: {
    types: ['text/csv'],
    read: async (text) => (await csv()).readCsv(text),
    write: async (value) => (await csv()).writeCsv(value),
  },
};

/** Format of a media type, lower case and without parameters; null when it is none of them. */
export function formatOf(type: string): ContentFormat | null {
  if (type.endsWith('+json')) return 'json';
  if (type.endsWith('+xml')) return 'xml';
  for (const name of ['json', 'xml', 'form', 'csv'] as const) if (FORMATS[name].types.includes(type)) return name;
  return null;
}
