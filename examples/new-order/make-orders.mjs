// Writes orders/: 240 orders of a shop as they come in real life, the defective ones included. Always the same files.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'orders');
const COUNT = 240;

/** Small seeded generator (a linear congruence); good enough to vary test data. */
let state = 20261124;
const random = () => {
  state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return state / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];

const CUSTOMERS = [
  ['Lindqvist & Söner AB', 'inkop@lindqvist.example.org'],
  ['Müller Großhandel GmbH', 'einkauf@mueller.example.org'],
  ["L'Atelier d'Été", 'commandes@atelier.example.org'],
  ['山田商店', 'order@yamada.example.org'],
  ['Żółw i Spółka', 'zakupy@zolw.example.org'],
  ['Café 🌻 Sunrise', 'hello@sunrise.example.com'],
  ['O’Brien <Hardware> & Sons', 'orders@obrien.example.com'],
  ['Ağaoğlu Ticaret', 'satin@agaoglu.example.com'],
  ['Hansen ApS', 'bestilling@hansen.example.com'],
];
const ITEMS = [
  ['SKU-1001', 'Door hinge, brass', 4.5],
  ['SKU-1002', 'Wood screw 4×40, box of 200', 7.9],
  ['SKU-1003', 'Paint “Nordic white”, 5 l', 39.0],
  ['SKU-1004', 'Cordless drill 18 V', 129.0],
  ['SKU-1005', 'Work gloves, size 10', 6.25],
  ['SKU-1006', 'LED lamp E27', 3.2],
];
const CURRENCIES = ['EUR', 'SEK', 'PLN', 'USD', 'DKK', 'JPY'];

const escapeXml = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const money = (value) => value.toFixed(2);

function orderOf(number) {
  const [name, mail] = pick(CUSTOMERS);
  const lines = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    const [sku, item, price] = pick(ITEMS);
    return { sku, item, price, quantity: 1 + Math.floor(random() * 12) };
  });
  const date = new Date(Date.UTC(2026, 9, 1) + number * 3_600_000).toISOString().slice(0, 10);
  return { id: String(number), date, currency: pick(CURRENCIES), name, mail, lines };
}

const total = (order) => order.lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);

function xml(order, { payable = money(total(order)), customer = true } = {}) {
  const party = customer
    ? `
  <cac:BuyerCustomerParty><cac:Party>
    <cac:PartyName><cbc:Name>${escapeXml(order.name)}</cbc:Name></cac:PartyName>
    <cac:Contact><cbc:ElectronicMail>${escapeXml(order.mail)}</cbc:ElectronicMail></cac:Contact>
  </cac:Party></cac:BuyerCustomerParty>`
    : '';
  const lines = order.lines
    .map(
      ({ sku, item, price, quantity }, index) => `
  <cac:OrderLine><cac:LineItem>
    <cbc:ID>${index + 1}</cbc:ID>
    <cbc:Quantity unitCode="EA">${quantity}</cbc:Quantity>
    <cbc:LineExtensionAmount currencyID="${order.currency}">${money(price * quantity)}</cbc:LineExtensionAmount>
    <cac:Price><cbc:PriceAmount currencyID="${order.currency}">${money(price)}</cbc:PriceAmount></cac:Price>
    <cac:Item><cbc:Name>${escapeXml(item)}</cbc:Name><cac:SellersItemIdentification><cbc:ID>${sku}</cbc:ID></cac:SellersItemIdentification></cac:Item>
  </cac:LineItem></cac:OrderLine>`,
    )
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>${order.id}</cbc:ID>
  <cbc:IssueDate>${order.date}</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>${order.currency}</cbc:DocumentCurrencyCode>${party}${lines}
  <cac:AnticipatedMonetaryTotal><cbc:PayableAmount currencyID="${order.currency}">${payable}</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>
</Order>
`;
}

const BOMB = `<?xml version="1.0"?>
<!DOCTYPE Order [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Order><ID>&c;</ID></Order>
`;

/** By position among the defects: what the shop did wrong, and the word its clerk will find in the reason. */
const DEFECTS = [
  ['return', (o) => [xml({ ...o, lines: o.lines.map((l) => ({ ...l, quantity: -l.quantity })) }), 'finished']],
  ['no-customer', (o) => [xml(o, { customer: false }), 'no customer']],
  ['no-lines', (o) => [xml({ ...o, lines: [] }), 'no lines']],
  ['wrong-total', (o) => [xml(o, { payable: money(total(o) + 10) }), 'total']],
  ['unknown-currency', (o) => [xml({ ...o, currency: 'XYZ' }), 'currency']],
  ['bad-date', (o) => [xml({ ...o, date: '31.02.2026' }), 'date']],
  ['cut-off', (o) => [xml(o).slice(0, 700), 'XML']],
  ['entity-bomb', () => [BOMB, 'entities']],
  ['not-utf-8', (o) => [Buffer.from(xml({ ...o, name: 'Müller Großhandel GmbH' }), 'latin1'), 'UTF-8']],
  ['blocked-customer', (o) => [xml({ ...o, name: 'Blocked & Co' }), 'blocked']],
  ['duplicate', null],
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const expected = [];
let previous = null;
for (let index = 0; index < COUNT; index++) {
  const order = orderOf(10_001 + index);
  const defect = index % 9 === 8 ? DEFECTS[Math.floor(index / 9) % DEFECTS.length] : null;
  let name = `${order.id}.xml`;
  let [content, fate] = [xml(order), 'finished'];
  let id = order.id;
  if (defect?.[0] === 'duplicate') {
    name = `${order.id}-duplicate-of-${previous.id}.xml`;
    [content, fate, id] = [previous.content, 'duplicate', previous.id];
  } else if (defect) {
    name = `${order.id}-${defect[0]}.xml`;
    [content, fate] = defect[1](order);
  }
  writeFileSync(join(folder, name), content);
  const mails = fate === 'finished' && defect?.[0] !== 'return';
  expected.push({
    file: name,
    order: id,
    fate: fate === 'finished' || fate === 'duplicate' ? fate : 'trash',
    ...(fate === 'finished' || fate === 'duplicate' ? {} : { reason: fate }),
    mails,
  });
  if (!defect) previous = { id: order.id, content };
}
writeFileSync(
  join(folder, 'expected.json'),
  `[\n${expected.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`,
);
