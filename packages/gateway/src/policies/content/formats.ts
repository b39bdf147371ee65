// Formats of bodies, each read into a JSON value and written from one.

import type { ContentFormat } from '@sluice/protocol';
import { readCsv, writeCsv } from './csv.ts';
import { readForm, writeForm } from './form.ts';
import { readJson } from './json.ts';
import { readXml, writeXml } from './xml.ts';

export interface Format {
  /** The first is the one that answers have. */
  readonly types: readonly string[];
  /** @throws Error saying what is wrong with the text */
  read(text: string): unknown;
  /** @throws Error saying why the value has no form in this format */
  write(value: unknown): string;
}

export const FORMATS: Readonly<Record<ContentFormat, Format>> = {
  json: { types: ['application/json'], read: readJson, write: (value) => JSON.stringify(value) },
  xml: { types: ['application/xml', 'text/xml'], read: readXml, write: writeXml },
  form: { types: ['application/x-www-form-urlencoded'], read: readForm, write: writeForm },
  csv: { types: ['text/csv'], read: readCsv, write: writeCsv },
};

/** Format of a media type, lower case and without parameters; null when it is none of them. */
export function formatOf(type: string): ContentFormat | null {
  if (type.endsWith('+json')) return 'json';
  if (type.endsWith('+xml')) return 'xml';
  for (const name of ['json', 'xml', 'form', 'csv'] as const) if (FORMATS[name].types.includes(type)) return name;
  return null;
}
