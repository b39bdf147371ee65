// What all of these steps take and give: a content, as steps on files, objects, mails and brokers give and take it.

import { Fail, schema } from '@sluice/sdk';

export interface TextInput {
  readonly content: string;
  readonly encoding?: 'text' | 'base64';
  readonly charset?: string;
}

export const textFields = {
  content: schema.text('The content'),
  encoding: schema.choice(['text', 'base64'], 'How the content comes; default: text'),
  charset: schema.text('Character set of bytes; default UTF-8', { minLength: 1, maxLength: 40 }),
};

export const textOutput = schema.record({
  content: schema.text(),
  encoding: schema.choice(['text', 'base64']),
  contentType: schema.text(),
});

export const rowsOutput = schema.record({ rows: schema.list({}), count: schema.integer() });

/** Rows of one message; more are split. */
export const MAX_ROWS = 100_000;

export const maxRowsField = schema.integer(`More rows are a failure; default ${MAX_ROWS}`, {
  minimum: 1,
  maximum: 1_000_000,
});

/** @throws Fail `format.invalid` */
export const invalid = (format: string, why: string, cause?: unknown): Fail =>
  new Fail(`The content is no ${format}: ${why}`, { code: 'format.invalid', cause });

/** @throws Fail `format.invalid` for bytes that are no text of that character set */
export function textOf({ content, encoding = 'text', charset = 'utf-8' }: TextInput): string {
  if (encoding === 'text') return content.replace(/^\uFEFF/, '');
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Buffer.from(content, 'base64'));
  } catch (cause) {
    throw invalid(`text in ${charset.slice(0, 40)}`, (cause as Error).message, cause);
  }
}

/** @throws Fail `format.too_many_rows` */
export function bounded<T>(rows: readonly T[], maxRows = MAX_ROWS): { rows: readonly T[]; count: number } {
  if (rows.length <= maxRows) return { rows, count: rows.length };
  throw new Fail(`The content has more than ${maxRows} rows. Split it into messages, or raise maxRows.`, {
    code: 'format.too_many_rows',
  });
}

export const given = (content: string, contentType: string) => ({ content, encoding: 'text' as const, contentType });
