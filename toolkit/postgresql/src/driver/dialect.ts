import type { Dialect } from '@sluice/toolkit-sql';

export const dialect: Dialect = {
  quote: '"',
  placeholder: (number) => `$${number}`,
  upsert: (keys, others) =>
    others.length === 0
      ? `ON CONFLICT (${keys.join(', ')}) DO NOTHING`
      : `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${others.map((one) => `${one} = EXCLUDED.${one}`).join(', ')}`,
  ignore: () => 'ON CONFLICT DO NOTHING',
  maxParameters: 65_535,
  // The type of the column decides how the text is read.
  bind: (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
  ledger: 'CREATE TABLE IF NOT EXISTS sluice_done (id text PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now())',
};
