import type { Dialect } from '@sluice/toolkit-sql';

export const dialect: Dialect = {
  quote: '"',
  placeholder: () => '?',
  upsert: (keys, others) =>
    others.length === 0
      ? `ON CONFLICT (${keys.join(', ')}) DO NOTHING`
      : `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${others.map((one) => `${one} = excluded.${one}`).join(', ')}`,
  ignore: () => 'ON CONFLICT DO NOTHING',
  maxParameters: 32_766,
  bind: (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
  ledger:
    'CREATE TABLE IF NOT EXISTS sluice_done (id text PRIMARY KEY, done_at text NOT NULL DEFAULT CURRENT_TIMESTAMP)',
};
