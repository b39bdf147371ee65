// What HubSpot answers: every record has the same form, and holds the properties that were asked for. Values are texts.

import { type JsonSchema, schema } from '@sluice/sdk';

export interface CrmRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
}

const { flag, list, map, object, record, text } = schema;

export const recordOutput = record({
  id: text(),
  properties: map(),
  createdAt: text(),
  updatedAt: text(),
  archived: flag(),
});
export const deletedOutput = record({ id: text(), deleted: flag() });
export const associationOutput = record({ from: record({ id: text() }), to: record({ id: text() }) });

export const id = (description: string): JsonSchema => text(description, { pattern: '^\\d+$' });
export const propertyNames = list(text(), 'Names of the properties to read; default: those that HubSpot thinks of');
/** Values are texts, numbers or yes and no. */
export const properties = map('Values by the names of properties', {
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  minProperties: 1,
});
export const filters = list(
  object(
    {
      propertyName: text('Property'),
      operator: schema.choice(
        [
          'EQ',
          'NEQ',
          'LT',
          'LTE',
          'GT',
          'GTE',
          'BETWEEN',
          'IN',
          'NOT_IN',
          'HAS_PROPERTY',
          'NOT_HAS_PROPERTY',
          'CONTAINS_TOKEN',
        ],
        'How it is compared',
      ),
      value: { type: ['string', 'number', 'boolean'], description: 'With what' },
      highValue: { type: ['string', 'number'], description: 'Upper end of BETWEEN' },
      values: list({}, 'Of IN and NOT_IN'),
    },
    ['propertyName', 'operator'],
  ),
  'All of these must hold',
  { maxItems: 6 },
);
