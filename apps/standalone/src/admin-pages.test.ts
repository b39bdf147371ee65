// Workers, applications, webhooks and the gateway as a person meets them: a real browser, a real platform, real workers.

import { type RunningProvider, startProvider } from '@sluice/example-oauth-provider';
import { type Context, CustomNode, join, type Link, type Message } from '@sluice/sdk';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { accessibilityProblems, openBrowser, type Page, pictures, visitor } from './testing/browser.ts';
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
    testPlatform({ SLUICE_PORT: String(port) }),
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

const button = (name: string | RegExp) => page.getByRole('button', { name });

test('R9, R13: a worker is registered by its name and awaited, and its actions appear as soon as the service joins', async () => {
  await page.goto('/admin/workers');
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
  await page.goto('/admin/applications');
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
  await page.goto('/admin/applications');
  await page.getByText('ready', { exact: true }).waitFor();
  await looked('app-store');
  await page.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Forms and surveys' }).click();
  await page.getByText('Orders of this machine').waitFor({ state: 'detached' });
  await page.getByText('Forms and surveys · service').waitFor();
});

test('R33: forms have fields of every type; conditions, the words of the server, choices of the service and files work, and secrets are kept', async () => {
  await page.goto('/admin/applications/every-field');
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
  await page.goto('/admin/webhooks');
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
  await page.goto('/admin/webhooks?clean=yes');
  await page
    .getByRole('dialog')
    .getByText(/There are none|could not be compared/)
    .first()
    .waitFor();
  await looked('webhooks');
});

test('R52, R53: a gateway route is made with a consumer and its key, and called with it', async () => {
  await page.goto('/admin/consumers?new=yes');
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
  await page.goto('/admin/gateway/new');
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
  await page.getByRole('tab', { name: 'Definition' }).click();
  await looked('route');
  await page.goto('/admin/gateway');
  await page.getByText('starts orders').waitFor();
  await looked('gateway');
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
  await page.goto('/admin/schedules');
  await page.getByText('At 02:30').waitFor();
  await looked('schedules');
  await page.goto('/admin/logs');
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
  await page.goto('/admin/limits');
  await page.getByText('2 of 100').waitFor();
  await looked('limits');
});

test('R53: somebody is invited as a viewer, a token is shown once, and the audit log says who did it and what became another', async () => {
  await page.goto('/admin/people');
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
  await page.goto('/admin/people?tab=roles&open=viewer');
  await page.getByText('It is built in and stays as it is.').waitFor();
  await looked('roles');
  await page.goto('/admin/tokens?new=yes');
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
  await page.goto('/admin/audit?object=users/');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('dialog').getByText('"operator"').waitFor();
  await page.getByRole('dialog').getByText('"viewer"').waitFor();
  await looked('audit');
  await page.goto('/admin/settings');
  await page.getByText('Here', { exact: true }).waitFor();
  await looked('settings');
});
