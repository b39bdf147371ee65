// What Stripe answers: the fields that processes usually need. All others are there as well. Amounts are in the smallest
// unit of the currency, times are epoch seconds.

import { type JsonSchema, schema } from '@sluice/sdk';

interface Common {
  readonly id: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Customer extends Common {
  readonly object: 'customer';
  readonly email: string | null;
  readonly name?: string | null;
}

export interface PaymentIntent extends Common {
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly customer: string | null;
  readonly client_secret: string | null;
}

export interface Refund extends Omit<Common, 'livemode'> {
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly status: string | null;
}

export interface Invoice extends Common {
  readonly object: 'invoice';
  readonly customer: string;
  readonly status: string | null;
  readonly total: number;
  readonly currency: string;
  readonly hosted_invoice_url?: string | null;
}

export interface Subscription extends Common {
  readonly object: 'subscription';
  readonly customer: string;
  readonly status: string;
  readonly cancel_at_period_end: boolean;
}

export interface CheckoutSession extends Common {
  readonly object: 'checkout.session';
  readonly url: string | null;
  readonly status: string | null;
  readonly payment_status: string;
}

const { flag, integer, list, map, object, orNull, record, text } = schema;
const base = { id: text(), object: text(), created: integer() };
const money = { amount: integer(), currency: text() };

export const customerOutput = record({ ...base, email: orNull(text()), livemode: flag() });
export const paymentIntentOutput = record({ ...base, ...money, status: text(), customer: orNull(text()) });
export const refundOutput = record({ ...base, ...money, status: orNull(text()) });
export const invoiceOutput = record({
  ...base,
  customer: text(),
  status: orNull(text()),
  total: integer(),
  currency: text(),
});
export const subscriptionOutput = record({ ...base, customer: text(), status: text(), cancel_at_period_end: flag() });
export const sessionOutput = record({ ...base, url: orNull(text()), status: orNull(text()), payment_status: text() });
export const deletedOutput = record({ id: text(), object: text(), deleted: flag() });

/** Ids look like `cus_…`: what is meant shows early when it is another object. */
export const id = (prefix: string, description: string): JsonSchema =>
  text(description, { pattern: `^${prefix}_[A-Za-z0-9_]+$` });
export const metadata = map('Own values by name', {
  additionalProperties: { type: 'string', maxLength: 500 },
  maxProperties: 50,
});
export const amount = (description: string): JsonSchema => integer(description, { minimum: 1 });
export const currency = text('Three letters of ISO 4217, such as eur', { pattern: '^[A-Za-z]{3}$' });
export const since = integer('Only what was made at or after this time, in epoch seconds');
export const address = object(
  {
    line1: text('Street and number'),
    line2: text('More of the street'),
    city: text('City'),
    postal_code: text('Postal code'),
    state: text('State or province'),
    country: text('Two letters of ISO 3166', { pattern: '^[A-Za-z]{2}$' }),
  },
  [],
  { description: 'Postal address' },
);
export const lines = list(
  object({ price: id('price', 'Price'), quantity: integer('How many', { minimum: 1 }) }, ['price']),
  'What is sold',
  { minItems: 1 },
);
