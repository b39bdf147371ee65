// UBL-like JSON → the order as the business sees it. Every complaint is one a shop clerk can act on.

import { CustomNode, Fail, type Message } from '@sluice/sdk';
import type { Order, OrderLine } from '../order.ts';

const CURRENCIES = new Set(['EUR', 'SEK', 'PLN', 'USD', 'DKK', 'JPY']);
const WAREHOUSES = ['north', 'south', 'east'];

export class TransformOrder extends CustomNode {
  readonly name = 'transform-order';
  override readonly description = 'Checks an order and brings it into the shape of the business.';

  process(message: Message): Order {
    const raw = message.json();
    const id = text(raw, 'ID') ?? fail('An order without a number cannot be booked. Ask the shop to add it.');
    const complain = (what: string, remedy: string): never => fail(`Order ${id} ${what}. ${remedy}`);

    const date = text(raw, 'IssueDate') ?? '';
    const parsed = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
    if (!parsed || Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(date))
      complain(
        `has the date "${date}", which does not exist or is not written as 2026-10-31`,
        'Correct the date, then replay it.',
      );

    const currency = text(raw, 'DocumentCurrencyCode') ?? '';
    if (!CURRENCIES.has(currency))
      complain(`is in the currency "${currency}", which we do not trade in`, 'Ask the shop for the right currency.');

    const name = text(raw, 'BuyerCustomerParty', 'Party', 'PartyName', 'Name');
    const email = text(raw, 'BuyerCustomerParty', 'Party', 'Contact', 'ElectronicMail');
    if (!name || !email) complain('has no customer', 'Ask the shop to add one, then replay it.');

    const entries = at(raw, 'OrderLine');
    const lines = (Array.isArray(entries) ? entries : []).map((entry) => lineOf(at(entry, 'LineItem'), complain));
    if (lines.length === 0) complain('has no lines', 'Ask the shop what was ordered.');

    const sum = lines.reduce((total, { quantity, price }) => total + quantity * price, 0);
    const total = Number(text(raw, 'AnticipatedMonetaryTotal', 'PayableAmount'));
    if (!(Math.abs(total - sum) < 0.005))
      complain(`says its total is ${total}, but its lines add up to ${sum.toFixed(2)}`, 'Ask the shop which is right.');

    const returned = lines.every((line) => line.quantity < 0);
    return {
      id,
      kind: returned ? 'return' : 'order',
      date,
      currency,
      customer: { name: name!, email: email! },
      warehouse: WAREHOUSES[Number(id) % WAREHOUSES.length] ?? 'north',
      lines,
      total,
    };
  }
}

function lineOf(raw: unknown, complain: (what: string, remedy: string) => never): OrderLine {
  const sku =
    text(raw, 'Item', 'SellersItemIdentification', 'ID') ??
    complain('has a line without an article', 'Ask the shop which article it is.');
  const quantity = Number(text(raw, 'Quantity'));
  const price = Number(text(raw, 'Price', 'PriceAmount'));
  if (!Number.isInteger(quantity) || quantity === 0)
    complain(`orders ${text(raw, 'Quantity') ?? 'no'} pieces of ${sku}`, 'Correct the quantity, then replay it.');
  if (!(price >= 0)) complain(`has no price for ${sku}`, 'Correct the price, then replay it.');
  return { sku, name: text(raw, 'Item', 'Name') ?? sku, quantity, price };
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** Text of an element, with or without attributes. */
function text(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  const content = typeof found === 'object' ? at(found, '#text') : found;
  return typeof content === 'string' && content.trim() !== '' ? content.trim() : undefined;
}

function fail(reason: string): never {
  throw new Fail(reason);
}
