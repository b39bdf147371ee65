// What Shopify answers: the fields that processes usually need. All others are there as well. Prices are texts.

import { schema } from '@sluice/sdk';

export interface Order {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly created_at: string;
  readonly cancelled_at: string | null;
  readonly currency: string;
  readonly total_price: string;
  readonly financial_status: string | null;
  readonly fulfillment_status: string | null;
  readonly line_items: readonly { readonly id: number; readonly title: string; readonly quantity: number }[];
}

export interface Product {
  readonly id: number;
  readonly title: string;
  readonly status: 'active' | 'archived' | 'draft';
  readonly variants: readonly { readonly id: number; readonly sku: string | null; readonly price: string }[];
}

export interface Customer {
  readonly id: number;
  readonly email: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
}

export interface InventoryLevel {
  readonly inventory_item_id: number;
  readonly location_id: number;
  readonly available: number | null;
}

export interface Fulfillment {
  readonly id: number;
  readonly order_id: number;
  readonly status: string;
}

const { choice, flag, integer, list, map, object, orNull, record, text } = schema;

export const orderOutput = record({
  id: integer(),
  name: text(),
  email: orNull(text()),
  created_at: text(),
  cancelled_at: orNull(text()),
  currency: text(),
  total_price: text(),
  financial_status: orNull(text()),
  fulfillment_status: orNull(text()),
  line_items: list(map()),
});
export const productOutput = record({
  id: integer(),
  title: text(),
  status: choice(['active', 'archived', 'draft']),
  variants: list(map()),
});
export const customerOutput = record({
  id: integer(),
  email: orNull(text()),
  first_name: orNull(text()),
  last_name: orNull(text()),
});
export const inventoryOutput = record({
  inventory_item_id: integer(),
  location_id: integer(),
  available: orNull(integer()),
});
export const fulfillmentOutput = record({ id: integer(), order_id: integer(), status: text() });
export const deletedOutput = record({ id: integer(), deleted: flag() });

export const id = (description: string) => integer(description, { minimum: 1 });
export const since = (what: string) => text(`Only those ${what} at or after this ISO time`);
const price = text('Price of one, such as 9.90', { pattern: '^\\d+(\\.\\d+)?$' });
export const address = map('Postal address: first_name, last_name, address1, city, zip, country_code, …');

export const lineItems = list(
  object(
    {
      variant_id: id('Variant that is sold'),
      title: text('What is sold, without a variant'),
      quantity: integer('How many', { minimum: 1 }),
      price,
    },
    ['quantity'],
  ),
  'What is ordered',
  { minItems: 1 },
);
export const variants = list(
  object({
    id: id('A variant that is there'),
    sku: text('Number of the article'),
    price,
    option1: text('Such as its size'),
  }),
  'Variants of the product',
);
export const productFields = {
  title: text('Title', { minLength: 1 }),
  body_html: text('Description, as HTML'),
  vendor: text('Who makes it'),
  product_type: text('Kind of product'),
  tags: text('Tags with commas between them'),
  status: choice(['active', 'archived', 'draft'], 'Whether it is sold'),
  variants,
};
