// Workers, applications, webhooks and the gateway as a person meets them: a real browser, a real platform, real workers.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loseMessage } from '@sluice/engine/testing';
import { type RunningProvider, startProvider } from '@sluice/example-oauth-provider';
import { type Context, CustomNode, join, type Link, type Message } from '@sluice/sdk';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from './proof/free-port.ts';
import {
  accessibilityProblems,
  goTo,
  openBrowser,
  type Page,
  picture,
  pictures,
  tooWide,
  visitor,
} from './testing/browser.ts';
import { EveryField } from './testing/every-field.ts';
import { FakeProvider, FakeShop } from './testing/fake-provider.ts';
import { GetOrders, Orders } from './testing/orders-service.ts';
import { deploy, deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';
import { deployReceiver } from './testing/webhook-world.ts';

// Four pictures of every page take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const PERSON = { name: 'Ann', email: 'ann@example.com', password: 'a horse in the library' };

let p: TestPlatform;
let browser: Browser;
let provider: RunningProvider;
let shop: FakeProvider;
let link: Link;
let page: Page;
let broken: string[];

class Greet extends CustomNode {
  readonly name = 'greet';
  process(message: Message): unknown {
    return { text: `Hello, ${message.json<{ name: string }>().name}` };
  }
}

class Write extends CustomNode {
  readonly name = 'write';
  process(message: Message, context: Context): unknown {
    context.log.info(message.json<{ line: string }>().line, { forAdmin: true });
    return {};
  }
}

beforeAll(async () => {
  const port = await freePort();
  [p, browser, shop] = await Promise.all([
    testPlatform({ SLUICE_PORT: String(port), SLUICE_NOTIFICATION_SECONDS: '0.1' }),
    openBrowser(),
    new FakeProvider().open(),
  ]);
  provider = await startProvider({ redirectUris: [`${p.url}/api/v1/oauth/callback`] });
  const { token } = await p.client.workers.register({ name: 'service' });
  const orders = new Orders(provider.url);
  link = join({
    steps: [new GetOrders(orders), new Write()],
    applications: [orders, new FakeShop(shop.url), new EveryField()],
    url: p.url,
    token: token!,
    onState: () => {},
  });
  await link.ready;
  await deployChain(p, 'orders', { id: 'get', kind: 'connector', worker: 'service', action: 'get-orders' });
  await deployReceiver(p, 'incoming');
  ({ page, broken } = await visitor(browser, p.url));
  page.setDefaultTimeout(25_000);
  await page.goto('/admin');
  await page.evaluate(async (person) => {
    const answer = await fetch('/api/v1/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(person),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }, PERSON);
  await page.reload();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await link?.close();
  await provider?.close();
  shop?.close();
  await p?.close();
});

/** Nothing broke, nobody is shut out; and pictures for people. */
async function looked(name?: string): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(broken).toEqual([]);
  if (name !== undefined) await pictures(page, name);
}

const STOCK = `openapi: 3.1.0
info: { title: Stock, version: '1' }
paths:
  /stock/{id}:
    get:
      operationId: get-stock
      summary: What is there of an item
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200': { description: Found }
`;

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /v1/pets:
    get: { operationId: list-pets, responses: { '200': { description: Found } } }
    post: { operationId: get-orders, responses: { '200': { description: Found } } }
  /v1/pets/{id}:
    get:
      operationId: get-pet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: Found } }
`;

const button = (name: string | RegExp) => page.getByRole('button', { name });

test('R9, R13: a worker is registered by its name and awaited, and its actions appear as soon as the service joins', async () => {
  await goTo(page, '/admin/workers');
  await page.getByRole('grid', { name: 'Workers' }).waitFor();
  await looked('workers');
  await button('Register a worker').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('greeter');
  await looked();
  await button('Register').last().click();
  await page.getByText('Waiting for greeter to join').waitFor();
  const command = await page.getByText(/^SLUICE_URL=/).textContent();
  const [, url, token] = /SLUICE_URL=(\S+) SLUICE_TOKEN=(\S+)/.exec(command!)!;
  await looked('worker-waits');
  const greeter = join({ steps: [new Greet()], url: url!, token: token!, onState: () => {} });
  await page.getByText('greeter has joined with 1 action').waitFor();
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByText('greet', { exact: true }).first().waitFor();
  await page.getByText('Commands and code').click();
  await page.getByText('SLUICE_TOKEN=THE_TOKEN npx tsx service.ts').waitFor();
  await looked('worker');
  await greeter.close();
  await page.getByText('no replica is connected').waitFor();
  await button('Change').click();
  await page.getByRole('menuitem', { name: 'Deregister' }).click();
  await page.getByText('No enabled topology uses it.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Deregister' }).click();
  await page.waitForURL('**/workers');
  expect((await p.client.workers.list()).items.map(({ name }) => name)).toEqual(['service']);
});

test('R14, R19, R24, R29, R30: an application is installed from the store and authorised at its provider, and its connector works', async () => {
  await goTo(page, '/admin/applications');
  await page.getByText('Orders of this machine').click();
  await button('Install').click();
  await page.getByRole('textbox', { name: 'Client id' }).fill(provider.clientId);
  await page.getByLabel('Client secret').fill(provider.clientSecret);
  await button('Save').click();
  await page.getByText('Kept, sealed').waitFor();
  await looked();
  await button('Authorise').click();
  await button('Agree').click();
  await page.getByText('Welcome back: Orders of this machine is authorised').waitFor();
  expect(await page.content()).not.toContain(provider.clientSecret);
  await looked('application-authorised');
  const { processId } = await p.client.run('orders', 'start');
  await until('the connector was done', async () => (await p.client.processes.get(processId)).status === 'completed');
  const { host } = new URL(provider.url);
  const sent = { processId, node: 'get', method: 'GET', host, status: 200, attempt: 1 };
  expect((await p.client.remoteCalls({ processId })).items).toMatchObject([sent]);
  const figures = await p.client.figures();
  expect(figures.nodes).toContainEqual(
    expect.objectContaining({ topology: 'orders', node: 'get', count: 1, failed: 0 }),
  );
  expect(figures.calls).toContainEqual(expect.objectContaining({ method: 'GET', host, count: 1, failed: 0 }));
  await goTo(page, `/admin/processes/${processId}?tab=calls`);
  await page.getByRole('table', { name: 'Remote calls' }).getByText(host).waitFor();
  await looked('process-calls');
  await goTo(page, '/admin/performance');
  await page.getByRole('grid', { name: 'Nodes' }).getByText('get', { exact: true }).waitFor();
  await looked('performance');
  await page.getByRole('tab', { name: 'Remote calls' }).click();
  await page.getByRole('grid', { name: 'Remote calls' }).getByText(host).waitFor();
  await goTo(page, '/admin/applications');
  await page.getByText('ready', { exact: true }).waitFor();
  await looked('app-store');
  const cards = page.locator('a.card');
  expect(await cards.count()).toBe(3);
  await page.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Customers and sales (1)' }).click();
  await page.waitForURL(/category=crm/);
  expect(await cards.allTextContents()).toEqual([expect.stringContaining('v2.1.0 · E-commerce · Customers and sales')]);
  await page.getByRole('combobox', { name: 'Can' }).click();
  await page.getByRole('option', { name: 'Test of the connection' }).click();
  await page.getByText('No application matches').waitFor();
  await looked();
  await button('Show all').click();
  await page.getByRole('textbox', { name: 'Application' }).fill('shop customers');
  await page.waitForURL(/find=shop/);
  expect(await cards.count()).toBe(1);
  await button('Clear the filter').click();
  await page.getByText('Orders of this machine').waitFor();
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('row').filter({ hasText: 'Orders of this machine' }).filter({ hasText: 'ready' }).waitFor();
  await looked('connections');
  await page.getByText('Need somebody').click();
  await page.getByText('Everything is in order').waitFor();
});

test('R33: forms have fields of every type; conditions, the words of the server, choices of the service and files work, and secrets are kept', async () => {
  await goTo(page, '/admin/applications/every-field');
  await page.getByText('Asks everything once.').waitFor();
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
  await looked('application');
  await button('Install').click();
  await page.getByLabel('Name of the shop').waitFor();
  expect(await page.getByLabel('Signature').count()).toBe(0);
  await page.getByLabel('Archive what was sent').check();
  await page.getByLabel('Signature').fill('Yours,\nAnn');
  await page.getByLabel('Site').fill('ftp://nowhere');
  await page.getByRole('textbox', { name: 'Secret' }).fill('very secret indeed');
  await page.getByRole('combobox', { name: 'Lists' }).click();
  await page.getByRole('option', { name: 'List of offers' }).click();
  await page.keyboard.press('Escape');
  await button('Add').click();
  await page.getByLabel('Headers: name 1').fill('x-shop');
  await page.getByLabel('Headers: value of x-shop').fill('17');
  await page.getByLabel('Since').fill('2026-01-31');
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'a.pem', mimeType: 'text/plain', buffer: Buffer.alloc(2_000) });
  await page.getByLabel('Name of the shop').fill('Berlin');
  await button('Save').click();
  await page.getByText('An address with http:// or https:// was expected.').waitFor();
  await page.getByText('A file of at most 1000 bytes was expected, got 2000.').waitFor();
  await looked('application-form-wrong');
  await page.getByLabel('Site').fill('https://berlin.example.com');
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'a.pem', mimeType: 'text/plain', buffer: Buffer.from('pem') });
  await button('Save').click();
  await page.getByText('Kept, sealed').waitFor();
  const { settings, problems } = await p.client.installs.get('every-field');
  expect(problems).toEqual({});
  expect(settings.settings).toMatchObject({
    shop: 'Berlin',
    secret: { secret: 'kept' },
    lists: ['offers'],
    headers: { 'x-shop': '17' },
    since: '2026-01-31',
    certificate: { name: 'a.pem', base64: 'cGVt' },
  });
  await button('Test the connection').click();
  await page.getByText('The shop is Berlin.').waitFor();
  await button('Greet').click();
  await page.getByLabel('Whom').fill('Ann');
  await page.getByRole('dialog').getByRole('button', { name: 'Greet' }).click();
  await page.getByText('Hello, Ann').waitFor();
  await looked('application-set-up');
  await page.getByRole('tab', { name: 'Try a method' }).click();
  await page.getByLabel('Path').fill('/deep');
  await button('Call it').click();
  await page.getByText('418').waitFor();
  await looked('application-try');
});

test('R17: a webhook is subscribed to at its provider from its page, an event starts a process, and unsubscribing takes it back', async () => {
  await p.client.installs.install('shop', 'ann');
  await p.client.installs.save('shop', { credentials: { account: 'ann', signingSecret: 'signed' } }, 'ann');
  await goTo(page, '/admin/webhooks');
  await button('Subscribe').first().click();
  await page.getByRole('combobox', { name: 'Application' }).click();
  await page.getByRole('option', { name: 'Shop' }).click();
  await page.getByRole('combobox', { name: 'Event' }).click();
  await page.getByRole('option', { name: 'order.created' }).click();
  await page.getByRole('combobox', { name: 'Starts' }).click();
  await page.getByRole('option', { name: 'incoming / in' }).click();
  await page.getByLabel('Shop', { exact: true }).last().fill('Berlin');
  await looked();
  await page.getByRole('dialog').getByRole('button', { name: 'Subscribe' }).click();
  await until('the provider has it', () => shop.of('ann').length === 1);
  await page.getByRole('dialog', { name: 'shop order.created' }).waitFor();
  expect((await shop.fire(shop.of('ann')[0]!, '{"order":17}')).status).toBe(200);
  await page.getByText('1 started, 0 repeated, 0 refused').waitFor();
  await page.getByRole('link', { name: 'Open the process' }).waitFor();
  await looked('webhook');
  await button('Unsubscribe').click();
  await page
    .getByRole('dialog', { name: 'End shop order.created?' })
    .getByRole('button', { name: 'Unsubscribe' })
    .click();
  await until('the provider has it no more', () => shop.of('ann').length === 0);
  await page.getByText('ended').first().waitFor();
  await goTo(page, '/admin/webhooks?clean=yes');
  await page
    .getByRole('dialog')
    .getByText(/There are none|could not be compared/)
    .first()
    .waitFor();
  await looked('webhooks');
});

test('R52, R53: a gateway route is made with a consumer and its key, and called with it', async () => {
  await goTo(page, '/admin/consumers?new=yes');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('web-shop');
  await page.getByRole('combobox', { name: 'Scopes' }).fill('orders');
  await page.keyboard.press('Enter');
  await button('Create').click();
  await page.getByText('The key is shown only now').waitFor();
  const key = (await page.locator('[role="dialog"] pre').textContent())!.trim();
  await looked();
  await button('I have it').click();
  await page.getByRole('heading', { name: 'Routes it can call' }).waitFor();
  await looked('consumer');
  await goTo(page, '/admin/gateway/new');
  await button('Create the route').click();
  await page.getByText('Something is missing or wrong').waitFor();
  await looked();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('place-order');
  await page.getByRole('textbox', { name: 'Path' }).fill('/shop/orders');
  await page.getByRole('combobox', { name: 'Topology' }).click();
  await page.getByRole('option', { name: 'orders' }).click();
  await page.getByRole('combobox', { name: 'Start node' }).click();
  await page.getByRole('option', { name: 'start' }).click();
  await page.getByRole('combobox', { name: 'Scopes' }).fill('orders');
  await page.keyboard.press('Enter');
  await button('Create the route').click();
  await page.waitForURL('**/gateway/routes/place-order**');
  expect((await fetch(`${p.url}/shop/orders`, { method: 'POST', body: '{}' })).status).toBe(401);
  await page.getByLabel('API key').fill(key);
  await button('Call it').click();
  await page.getByText('202', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Open the process' }).waitFor();
  await looked('route-call');
  await page.getByRole('tab', { name: 'Traffic' }).click();
  await page.getByText('4xx, refused').waitFor();
  await page.getByRole('img', { name: /^Requests: 2, at most \d in a minute$/ }).waitFor();
  await looked('route-traffic');
  // Nobody asks again and no message moves: what goes through comes by the stream of changes.
  for (let i = 0; i < 3; i++) expect((await fetch(`${p.url}/shop/orders`, { method: 'POST' })).status).toBe(401);
  await page.getByRole('img', { name: /^Requests: 5, at most \d in a minute$/ }).waitFor();
  await page.getByRole('tab', { name: 'Definition' }).click();
  await looked('route');
  await goTo(page, '/admin/gateway');
  await page.getByText('starts orders').waitFor();
  await looked('gateway');
});

test('R52: a description in YAML is foreseen, imported and bound to several services at once, whose answers come as one', async () => {
  await goTo(page, '/admin/gateway/import');
  const text = page.getByRole('textbox', { name: 'Description', exact: true });
  await text.click();
  await page.keyboard.insertText('openapi: 3.1.0');
  await button('See what would come of it').click();
  await page.getByRole('alert').first().waitFor();
  await page.locator('input[type="file"]').setInputFiles({
    name: 'stock.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(STOCK),
  });
  await button('See what would come of it').click();
  await page.getByText('1 route leads nowhere yet.').waitFor();
  await page.getByText('/stock/{id}').last().waitFor();
  expect((await p.client.gateway.routes.list()).items.map(({ name }) => name)).toEqual(['place-order']);
  await looked('gateway-import');
  await button('Import 1 change').click();
  await page.getByRole('link', { name: 'Bind' }).click();
  await page.getByRole('combobox', { name: 'Leads to' }).click();
  await page.getByRole('option', { name: 'Several at once, joined into one answer' }).click();
  await page.getByText('Add a part.').waitFor();
  for (const [index, path] of ['/shop/none', '/health/live'].entries()) {
    await button('Add a part').click();
    const part = page.getByRole('group', { name: `Part part${index + 1}` });
    await part.getByRole('textbox', { name: 'Address' }).fill(`${p.url}${path}`);
    await part.getByRole('checkbox', { name: 'The whole fails when it fails' }).uncheck();
  }
  await page.getByRole('textbox', { name: 'Member' }).last().fill('health');
  await looked('route-aggregate');
  await button('Remove part1').click();
  await button('Save as a new version').click();
  await page.getByText('Version 2 is saved.').waitFor();
  expect((await p.client.gateway.routes.get('get-stock')).definition.target).toMatchObject({
    kind: 'aggregate',
    parts: { health: { required: false, target: { kind: 'upstream', url: `${p.url}/health/live` } } },
  });
  await goTo(page, '/admin/gateway');
  await button('OpenAPI').click();
  const file = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download the routes' }).click();
  const described = JSON.parse(readFileSync(await (await file).path(), 'utf8')) as { paths: object };
  expect(Object.keys(described.paths)).toEqual(['/shop/orders', '/stock/{id}']);
  await looked();
});

test('R52: routes of a description are bound together by a rule that is seen before, and taken back with one click', async () => {
  const targets = async () => {
    const { items } = await p.client.gateway.routes.list();
    return Object.fromEntries(
      items
        .filter(({ definition }) => definition.contract?.name === 'pets')
        .map(({ name, definition }) => [name, definition.target]),
    );
  };
  await goTo(page, '/admin/gateway/import');
  await page.locator('input[type="file"]').setInputFiles({
    name: 'pets.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(PETS),
  });
  await button('See what would come of it').click();
  await button('Import 3 changes').click();
  await button('Bind all 3').click();
  const drawer = page.getByRole('dialog', { name: 'Bind 3 routes' });
  const foreseen = drawer.getByRole('region', { name: 'What would come of it' }).getByRole('listitem');
  await foreseen.filter({ hasText: 'stays as it is' }).nth(2).waitFor();
  // By name: one of them is called as an action of the worker.
  await drawer.getByRole('combobox', { name: 'They lead to' }).click();
  await page.getByRole('option', { name: 'A worker: its connectors and custom nodes' }).click();
  await drawer.getByRole('combobox', { name: 'Worker' }).click();
  await page.getByRole('option', { name: 'service' }).click();
  await foreseen.filter({ hasText: 'service: get-orders' }).waitFor();
  await drawer.getByText('For 2 routes the rule finds nothing.').waitFor();
  await drawer.getByRole('button', { name: 'Bind 1 route' }).waitFor();
  // By address, without what all paths begin with.
  await drawer.getByRole('combobox', { name: 'They lead to' }).click();
  await page.getByRole('option', { name: /^A service: one address/ }).click();
  await drawer.getByRole('textbox', { name: 'Address' }).fill('pets.example.com');
  await drawer.getByRole('alert').waitFor();
  expect(await drawer.getByRole('button', { name: 'Bind 3 routes' }).isDisabled()).toBe(true);
  await drawer.getByRole('textbox', { name: 'Address' }).fill(`${p.url}/health/`);
  await drawer.getByRole('textbox', { name: 'Without this beginning of their paths' }).fill('/v1');
  await foreseen.filter({ hasText: `${p.url}/health/pets/{id}` }).waitFor();
  await looked('gateway-bind');
  expect(Object.values(await targets()).map(({ kind }) => kind)).toEqual(['unbound', 'unbound', 'unbound']);
  await drawer.getByRole('button', { name: 'Bind 3 routes' }).click();
  await page.getByText('3 routes are bound.').waitFor();
  await page.getByText('All lead somewhere.').waitFor();
  expect((await targets())['get-pet']).toMatchObject({ kind: 'upstream', url: `${p.url}/health/pets/{id}` });
  await button('Undo').click();
  await page.getByText('Taken back.').waitFor();
  expect(Object.values(await targets()).map(({ kind }) => kind)).toEqual(['unbound', 'unbound', 'unbound']);
  // The same from the list, of those that are selected there.
  await goTo(page, '/admin/gateway');
  await page.getByText('Lead nowhere yet (3)').click();
  await page.waitForURL(/only=unbound/);
  for (const name of ['list-pets', 'get-pet']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await looked('gateway-selected');
  await button('Bind 2 routes').click();
  await drawer.waitFor({ state: 'detached' });
  const two = page.getByRole('dialog', { name: 'Bind 2 routes' });
  await two.getByRole('combobox', { name: 'They lead to' }).click();
  await page.getByRole('option', { name: /^A topology: starts/ }).click();
  await two.getByRole('combobox', { name: 'Topology' }).click();
  await page.getByRole('option', { name: 'orders' }).click();
  await two.getByRole('combobox', { name: 'Start node' }).click();
  await page.getByRole('option', { name: 'start', exact: true }).click();
  await two.getByRole('button', { name: 'Bind 2 routes' }).click();
  await page.getByText('Lead nowhere yet (1)').waitFor();
  expect((await targets())['get-pet']).toEqual({ kind: 'process', topology: 'orders', start: 'start' });
  await page.getByText('All', { exact: true }).first().click();
  await page.getByRole('checkbox', { name: 'Select get-pet' }).check();
  await button('Disable').click();
  await page.getByText('1 route takes none now.').waitFor();
  expect((await p.client.gateway.routes.get('get-pet')).enabled).toBe(false);
});

test('R23: schedules, limits and log lines are there to be looked at, and what they show is true', async () => {
  await deploy(p, {
    name: 'report',
    nodes: [
      { id: 'at-night', kind: 'cron', settings: { cron: '30 2 * * *', timeZone: 'Europe/Prague' } },
      { id: 'wait', kind: 'delay', settings: { delayMs: 1 } },
    ],
    connections: [{ from: 'at-night', to: 'wait' }],
  });
  const [schedule] = (await p.client.schedules()).items;
  expect(schedule).toMatchObject({ topology: 'report', node: 'at-night', timeZone: 'Europe/Prague' });
  expect(schedule!.upcoming).toHaveLength(5);
  expect(schedule!.upcoming[0]).toBe(schedule!.nextAt);
  await goTo(page, '/admin/schedules');
  await page.getByText('At 02:30').waitFor();
  await looked('schedules');
  await goTo(page, '/admin/logs');
  await page.getByText('Nothing was written yet').waitFor();
  await deployChain(p, 'writes', {
    id: 'write',
    kind: 'custom',
    worker: 'service',
    action: 'write',
    settings: { limit: { amount: 100, windowMs: 3_600_000 } },
  });
  await p.client.run('writes', 'start', { body: '{"line":"Order 17 is booked."}' });
  await page.getByText('Order 17 is booked.').waitFor();
  await p.client.run('writes', 'start', { body: '{"line":"Order 18 waits."}' });
  await page.getByText('Order 18 waits.').waitFor();
  await looked('logs');
  await page.getByRole('textbox', { name: 'Text' }).fill('BOOKED');
  await page.getByText('Order 18 waits.').waitFor({ state: 'detached' });
  expect((await p.client.logs({ text: 'booked', worker: 'service' })).items.map(({ message }) => message)).toEqual([
    'Order 17 is booked.',
  ]);
  expect((await p.client.logs({ level: 'error' })).items).toEqual([]);
  expect((await p.client.limits()).items).toContainEqual(
    expect.objectContaining({ of: 'node', name: 'writes/write', user: null, amount: 100, taken: 2, messages: 0 }),
  );
  await goTo(page, '/admin/limits');
  await page.getByText('2 of 100').waitFor();
  await looked('limits');
});

test('somebody is told when a process fails: a channel is made and tried, a rule is made, and what was told stands in its history', async () => {
  const posted: string[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      posted.push(JSON.parse(body).subject);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  await goTo(page, '/admin/notifications?tab=channels');
  await page.getByText('There is no way to tell anybody').waitFor();
  await button('New channel').first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('pager');
  await looked('notification-channel');
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Webhook' }).click();
  await page
    .getByRole('textbox', { name: 'Address' })
    .fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
  await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill('short');
  await button('Save').click();
  await page.getByText(/body.secret Too small/).waitFor();
  await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill('a shared secret of some length');
  await button('Save').click();
  await button('Test').click();
  await page.getByText('pager took a test message.').waitFor();
  await looked('notification-channels');
  await goTo(page, '/admin/notifications?rule=new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('failures');
  await page.getByRole('combobox', { name: 'Tells' }).click();
  await page.getByRole('option', { name: 'pager' }).click();
  await page.keyboard.press('Escape');
  await looked('notification-rule');
  await button('Save').click();
  await page.getByRole('grid', { name: 'Rules' }).getByText('A process failed').waitFor();
  await looked('notifications');
  await deployChain(p, 'breaks', { id: 'read', kind: 'map', settings: { expression: '$error("It breaks.")' } });
  const { processId } = await p.client.run('breaks', 'start', { body: '{}' });
  await until('the pager was told', () => posted.length === 2);
  expect(posted).toEqual(['This is a test', `breaks: process ${processId} failed`]);
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  await page.getByRole('grid', { name: 'Deliveries' }).getByText(processId).waitFor();
  expect(await page.content()).not.toContain('a shared secret');
  await looked('notification-deliveries');
  receiver.close();
});

test('B2: the ledger shows where every message is and that nothing is missing, and names the node where something is', async () => {
  await deployChain(
    p,
    'reminders',
    { id: 'read', kind: 'map', settings: { expression: 'body' } },
    { id: 'wait', kind: 'delay', settings: { delayMs: 86_400_000 } },
  );
  const { processId } = await p.client.run('reminders', 'start', { body: '{}' });
  await p.client.run('reminders', 'start', { body: '{}' });
  const place = async (): Promise<number> => (await p.client.ledger('reminders')).delayed;
  await until('both wait', async () => (await place()) === 2);
  await goTo(page, '/admin/ledger');
  await page.getByText('Every message is accounted for').waitFor();
  await looked('ledger');
  await page.getByRole('row').filter({ hasText: 'reminders' }).press('Enter');
  await page.getByText('2 accepted + 4 emitted by steps = 4 finished + 2 delayed').waitFor();
  await page.setViewportSize({ width: 1024, height: 768 });
  // All nine numbers fit, each below its whole name.
  const hidden = await page
    .getByRole('grid', { name: 'Ledger' })
    .or(page.getByRole('columnheader'))
    .evaluateAll((boxes) =>
      (boxes as unknown as { textContent: string; scrollWidth: number; clientWidth: number }[])
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    );
  expect(hidden).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await p.client.run('reminders', 'start', { body: '{}' });
  await page.getByText('3 accepted + 6 emitted by steps = 6 finished + 3 delayed').waitFor();
  const { items } = await p.client.processes.history(processId);
  loseMessage(p.directory, items.find(({ node }) => node === 'wait')!.id);
  await page.getByText('1 message is missing').waitFor();
  await page.getByText('reminders / wait of version 1: 1 missing').waitFor();
  await page.getByText('what came out of read is not there').waitFor();
  await page.getByRole('link', { name: 'Ledger 1' }).waitFor();
  expect((await p.client.ledger()).balanced).toBe(false);
  expect((await p.client.ledgerAudit()).items).toMatchObject([{ processId, node: 'read', expected: 2, found: 1 }]);
  await looked('ledger-missing');
});

test('R53: somebody is invited as a viewer, a token is shown once, and the audit log says who did it and what became another', async () => {
  await goTo(page, '/admin/people');
  await button('Invite somebody').click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ben@example.com');
  await button('Invite').last().click();
  await page.getByText('The link is shown only now').waitFor();
  await button('I have it').click();
  await page.getByText('ben@example.com').first().click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'operator' }).click();
  await page.getByText(/ is operator now\.$/).waitFor();
  await looked('person');
  await goTo(page, '/admin/people?tab=roles&open=viewer');
  await page.getByText('It is built in and stays as it is.').waitFor();
  await looked('roles');
  await goTo(page, '/admin/tokens?new=yes');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('nightly report');
  await page.getByRole('checkbox', { name: 'process:read' }).check();
  await button('Create').click();
  const token = (await page.locator('[role="dialog"] pre').textContent())!.trim();
  const allowed = await fetch(`${p.url}/api/v1/processes`, { headers: { authorization: `Bearer ${token}` } });
  const refused = await fetch(`${p.url}/api/v1/workers`, { headers: { authorization: `Bearer ${token}` } });
  expect([allowed.status, refused.status]).toEqual([200, 403]);
  await button('I have it').click();
  await page.getByRole('grid', { name: 'Tokens' }).getByText('nightly report').waitFor();
  expect(await page.content()).not.toContain(token);
  await looked('tokens');
  await goTo(page, '/admin/audit?object=users/');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('dialog').getByText('"operator"').waitFor();
  await page.getByRole('dialog').getByText('"viewer"').waitFor();
  await looked('audit');
  await goTo(page, '/admin/settings');
  await page.getByText('Here', { exact: true }).waitFor();
  await page.getByRole('table', { name: 'Configuration' }).getByText('SLUICE_PORT').waitFor();
  await looked('settings');
  const [download] = await Promise.all([page.waitForEvent('download'), button('Download a backup').click()]);
  expect(download.suggestedFilename()).toMatch(/^sluice-[\d-]+\.backup$/);
  expect((await readFile(await download.path())).subarray(0, 15).toString()).toBe('SQLite format 3');
});

test('every page can be read in the dark, and is never wider than its window, be it that of a phone', async () => {
  const { items } = await p.client.processes.list({ topology: 'orders' });
  const paths = [
    ...['dashboard', 'processes', 'trash', 'user-tasks', 'schedules', 'limits', 'logs', 'topologies', 'workers'],
    ...['applications', 'connections', 'webhooks', 'gateway', 'consumers', 'people', 'tokens', 'audit', 'settings'],
    ...['ledger', 'performance', 'notifications', 'notifications?tab=channels', 'notifications?rule=new'],
    ...[`processes/${items[0]!.id}`, 'topologies/orders', 'workers/service', 'workers?register=link'],
    ...['applications/every-field', 'applications/every-field?user=default&tab=set-up', 'webhooks?subscribe=shop'],
    ...['gateway/new', 'gateway/import', 'gateway/routes/place-order', 'gateway/routes/place-order?tab=call'],
    ...['gateway/routes/get-stock', 'gateway/routes/place-order?tab=traffic', 'consumers/web-shop'],
    ...['consumers?tab=issuers', 'people?tab=roles&open=viewer'],
  ];
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const path of paths) {
    await page.setViewportSize({ width: 1024, height: 844 });
    await goTo(page, `/admin/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    for (const problem of await accessibilityProblems(page, ['color-contrast'])) found.push(`${path}: ${problem}`);
    for (const width of [1024, 390]) {
      await page.setViewportSize({ width, height: 844 });
      // Charts learn of a new width a moment later.
      const fits = until('it fits', async () => (await tooWide(page)) === 0, 2_000);
      await fits.catch(async () => found.push(`${path}: ${await tooWide(page)} px too wide at ${width}`));
    }
    await picture(page, `phone-${path.replaceAll(/\W+/g, '-')}`);
  }
  expect(found).toEqual([]);
  expect(broken).toEqual([]);
});
