import type { Dialect } from '@sluice/toolkit-sql';

export const dialect: Dialect = {
  quote: '`',
  placeholder: () => '?',
  upsert: (keys, others) =>
    `ON DUPLICATE KEY UPDATE ${(others.length > 0 ? others.map((one) => `${one} = VALUES(${one})`) : keys.map(same)).join(', ')}`,
  // Not INSERT IGNORE: that would cut values that do not fit as well.
  ignore: ([first = '']) => `ON DUPLICATE KEY UPDATE ${same(first)}`,
  maxParameters: 65_535,
  bind: (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
  ledger:
    'CREATE TABLE IF NOT EXISTS sluice_done (id varchar(200) PRIMARY KEY, done_at timestamp DEFAULT CURRENT_TIMESTAMP)',
};

const same = (column: string): string => `${column} = ${column}`;
