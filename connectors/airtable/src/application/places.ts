// Which base and table a message is about: those it names, else those of the install.

import { type ApplicationContext, Fail, path, schema } from '@sluice/sdk';

export interface Place {
  readonly base?: string;
  readonly table?: string;
}

const base = schema.text('Id of the base, such as appAbc; default: the one of the settings', { minLength: 1 });
const table = schema.text('Id or name of the table; default: the one of the settings', { minLength: 1 });
export const baseField = { base };
export const tableFields = { base, table };

/** @throws Fail `step.input_invalid` when neither the message nor the settings name one */
export async function baseOf(named: string | undefined, context: ApplicationContext): Promise<string> {
  return named || (await setting('base', context));
}

/**
 * Path of a table, such as `/v0/appAbc/tblDoors`.
 * @throws Fail `step.input_invalid`, see `baseOf`
 */
export async function tablePath({ base, table }: Place, context: ApplicationContext): Promise<string> {
  return path`/v0/${await baseOf(base, context)}/${table || (await setting('table', context))}`;
}

export async function setting(name: 'base' | 'table', context: ApplicationContext): Promise<string> {
  const value = (await context.install()).value<string>('settings', name);
  if (value) return value;
  throw new Fail(`No ${name} is named: give "${name}", or choose one in the settings of the install.`, {
    code: 'step.input_invalid',
  });
}
