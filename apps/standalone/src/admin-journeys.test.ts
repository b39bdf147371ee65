// What people do all day, in a real browser against a real platform with a real worker.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, goTo, openBrowser, pictures, visitor } from './testing/browser.ts';
import { type TestPlatform, testPlatform, until } from './testing/platform.ts';
import { openShop, order } from './testing/shop.ts';

const PASSWORD = 'a quiet river runs deep';
const ORDERS = 40;
const MANY = 10_000;

describe('journeys in the web application', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  let broken: string[];
  let closeShop: () => Promise<void>;

  beforeAll(async () => {
    [platform, browser] = await Promise.all([testPlatform(), openBrowser()]);
    closeShop = await openShop(platform);
    ({ page, broken } = await visitor(browser, platform.url));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await closeShop?.();
    await platform?.close();
  });

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
  /** A page as it is when everything on it has come: no problem for anybody, and pictures of it. */
  const looked = async (name: string): Promise<void> => {
    await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await pictures(page, name);
  };

  /** Put a text in place of what the focused editor holds. */
  const write = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.type(text);
  };

  test('first set-up makes an account, and the dashboard shows what runs', async () => {
    await page.goto('/');
    await heading('Welcome. Make the first account.');
    await looked('set-up');
    await page.getByLabel('Name').fill('Ada Novak');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await heading('Dashboard');
    await page.getByText('Nothing has run yet').waitFor();

    for (let number = 1; number <= ORDERS; number++)
      await platform.client.run('shop-order', 'order', order(number, number % 10 === 0 ? null : undefined));
    for (let number = 1; number <= 3; number++) await platform.client.run('approve-refund', 'start', order(number));
    // Nobody loads the page again: what happens comes by itself.
    await page.getByRole('link', { name: /^Completed 36/ }).waitFor();
    await page.getByRole('link', { name: /^In trash 4/ }).waitFor();
    await page.getByRole('link', { name: /^For people 3/ }).waitFor();
    await page.locator('.recharts-bar-rectangle path').first().waitFor();
    await looked('dashboard');
  }, 90_000);

  test('of the dashboard only that is drawn again which is another', async () => {
    // Every bucket under a chart is written by this: how often, says how often charts are drawn.
    await page.evaluate(() => {
      const { prototype } = Intl.DateTimeFormat;
      const { get } = Object.getOwnPropertyDescriptor(prototype, 'format')!;
      const window = globalThis as unknown as { drawn: number };
      window.drawn = 0;
      Object.defineProperty(prototype, 'format', {
        get(this: Intl.DateTimeFormat) {
          window.drawn++;
          return get!.call(this);
        },
        configurable: true,
      });
    });
    const drawn = () => page.evaluate(() => (globalThis as unknown as { drawn: number }).drawn);
    await platform.client.run('approve-refund', 'start', order(ORDERS + 1));
    await page.getByRole('link', { name: /^For people 4/ }).waitFor();
    expect(await drawn()).toBe(0);
    // It ends, so the charts are of something else.
    const [task] = (await platform.client.userTasks.list({})).items.slice(-1);
    await platform.client.userTasks.discard(task!.id);
    await page.getByRole('link', { name: /^Completed 37/ }).waitFor();
    expect(await drawn()).toBeGreaterThan(0);
  }, 60_000);

  test('one order is followed across the canvas, with its content before and after each step', async () => {
    await page.getByRole('link', { name: 'Processes', exact: true }).click();
    await heading('Processes');
    await page.getByRole('textbox', { name: 'Business key' }).fill('A-7');
    await page.getByRole('row').filter({ hasText: 'A-7' }).first().waitFor();
    await page.waitForURL(/key=A-7/);
    await page.getByRole('row').filter({ hasText: 'A-7' }).first().press('Enter');
    await heading(/A-7/);
    await looked('process-timeline');
    await page.getByRole('button', { name: /^book/ }).click();
    const drawer = page.getByRole('dialog', { name: 'book' });
    await drawer.getByText('"customer": "Customer 7"').first().waitFor();
    await drawer.getByText('"booking": "B-A-7"').waitFor();
    await looked('process-step');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: 'Canvas' }).click();
    await page.locator('[data-testid="viewer"][data-ready]').waitFor();
    await page.getByRole('button', { name: 'Follow the message' }).click();
    await looked('process-canvas');
  }, 90_000);

  test('a failed order is found in trash, understood, edited, replayed, and finishes', async () => {
    await page.getByRole('link', { name: /^Trash/ }).click();
    await heading('Trash');
    const row = page.getByRole('row').filter({ hasText: 'A-10 has no customer' });
    await row.waitFor();
    await looked('trash');
    await row.press('Enter');
    const drawer = page.getByRole('dialog');
    const editor = drawer.getByRole('textbox', { name: 'Content' });
    await editor.waitFor();
    await looked('trash-message');
    await editor.click();
    await write('{"order": "A-10", "customer": "Mia"');
    await drawer.getByRole('alert').filter({ hasText: /JSON/ }).waitFor();
    expect(await drawer.getByRole('button', { name: 'Save and replay' }).isDisabled()).toBe(true);
    await write('{"order": "A-10", "customer": "Mia", "total": 110}');
    await drawer.getByRole('button', { name: 'Save and replay' }).click();
    await page.getByText('The message is replayed, with your changes.').waitFor();
    await until('the mended order is through', async () => {
      const { items } = await platform.client.processes.list({ businessKey: 'A-10' });
      return items[0]?.status === 'completed';
    });
  }, 90_000);

  test('a user task is accepted by a person', async () => {
    await goTo(page, '/admin/user-tasks');
    await page.getByRole('row').filter({ hasText: 'decide' }).first().waitFor();
    await looked('user-tasks');
    await page.getByRole('row').filter({ hasText: 'decide' }).first().press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await page.getByText('The task is accepted.').waitFor();
    await until('two tasks are left', async () => (await platform.client.userTasks.list()).items.length === 2);
  }, 60_000);

  test('a topology is run from its canvas, stopped at a breakpoint, and stepped on', async () => {
    await goTo(page, '/admin/topologies');
    await page.getByRole('row').filter({ hasText: 'shop-order' }).waitFor();
    await looked('topologies');
    await goTo(page, '/admin/topologies/shop-order?node=book');
    await page.locator('[data-testid="viewer"][data-ready]').waitFor();
    await page.getByRole('switch', { name: 'Breakpoint' }).click();
    await page.getByText('Messages that arrive are held from now on.').waitFor();
    const sign = page.getByTitle('A breakpoint: messages that arrive are held.');
    await sign.waitFor();
    await looked('topology-canvas');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const drawer = page.getByRole('dialog', { name: 'Run shop-order' });
    await drawer.getByRole('textbox', { name: 'Input', exact: true }).click();
    await write('{"order": "A-999", "customer": "Eva", "total": 12}');
    await looked('topology-run');
    await drawer.getByRole('button', { name: 'Run and follow' }).click();
    await heading(/A-999/);
    await goTo(page, '/admin/topologies/shop-order?node=book');
    await page.getByText('1 message held').waitFor();
    await page.getByRole('button', { name: 'Step' }).click();
    await until('the stepped order is through', async () => {
      const { items } = await platform.client.processes.list({ businessKey: 'A-999' });
      return items[0]?.status === 'completed';
    });
    await page.getByRole('switch', { name: 'Breakpoint' }).click();
    await sign.waitFor({ state: 'detached' });
    await goTo(page, '/admin/topologies/shop-order/edit?version=1');
    await page.locator('[data-testid="canvas"]').waitFor();
    await page.getByText('Ready to publish').waitFor();
    await pictures(page, 'topology-edit');
  }, 120_000);

  test('what a viewer may not do is not offered, and is refused by the server', async () => {
    const { link } = await platform.client.users.invite({ email: 'vera@example.com', name: 'Vera', role: 'viewer' });
    const viewer = await visitor(browser, platform.url);
    await viewer.page.goto(link.url);
    await viewer.page.getByRole('heading', { name: 'Welcome to Sluice' }).waitFor();
    expect(await accessibilityProblems(viewer.page)).toEqual([]);
    await pictures(viewer.page, 'join');
    await viewer.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await viewer.page.getByRole('button', { name: 'Join' }).click();
    await viewer.page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await viewer.page.goto('/admin/topologies/shop-order');
    const disable = viewer.page.getByRole('button', { name: 'Disable' });
    await disable.waitFor();
    expect(await disable.isDisabled()).toBe(true);
    const status = await viewer.page.evaluate(
      async () => (await fetch('/api/v1/topologies/shop-order/versions/1/disable', { method: 'POST' })).status,
    );
    expect(status).toBe(403);
    await viewer.context.close();
  }, 60_000);

  test('thousands of messages in trash are filtered, foreseen and replayed with progress', async () => {
    await closeShop();
    const already = (await platform.client.ledger()).trash;
    await platform.client.topologies.save({
      name: 'broken-import',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'rows', kind: 'split', settings: { expression: 'body' } },
        { id: 'read', kind: 'map', settings: { expression: '$error("The row has no number.")' } },
      ],
      connections: [
        { from: 'start', to: 'rows' },
        { from: 'rows', to: 'read' },
      ],
    });
    await platform.client.topologies.publish('broken-import', 1);
    await platform.client.topologies.enable('broken-import', 1);
    const rows = JSON.stringify(Array.from({ length: MANY }, (_, row) => ({ row })));
    await platform.client.run('broken-import', 'start', { body: rows, contentType: 'application/json' });
    await until('all are in trash', async () => (await platform.client.ledger()).trash === already + MANY, 90_000);
    const [largest] = (await platform.client.trash.groups({ topology: 'broken-import' })).items;
    const many = largest!.count.toLocaleString('en');
    await goTo(page, '/admin/trash');
    await page
      .getByRole('button', { name: /broken-import \/ read/ })
      .first()
      .click();
    await page.waitForURL(/topology=broken-import/);
    await page.getByRole('row').filter({ hasText: 'read' }).first().waitFor();
    // However many there are, only what can be seen is in the page.
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    await page.getByRole('button', { name: 'Replay all that match' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: `Replay ${many}` }).waitFor();
    // That was a dry run: nothing has moved.
    expect((await platform.client.trash.groups({ topology: 'broken-import' })).items[0]).toEqual(largest);
    await dialog.getByRole('button', { name: `Replay ${many}` }).click();
    await dialog.getByRole('progressbar').waitFor();
    await pictures(page, 'trash-bulk');
    await dialog.getByText(`${many} of ${many} replayed`).waitFor({ timeout: 120_000 });
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    expect((await platform.client.ledger()).balanced).toBe(true);
    await goTo(page, '/admin/processes');
    await page.getByRole('row').nth(5).waitFor();
    await looked('processes');
  }, 240_000);

  test('a restart of the engine is said while it lasts, and the page goes on by itself', async () => {
    await goTo(page, '/admin/dashboard');
    await heading('Dashboard');
    const { port } = new URL(platform.url);
    await page.getByRole('link', { name: /^In trash/ }).waitFor();
    const stopped = platform.restart({ SLUICE_PORT: port });
    await page.getByText(/The engine (is restarting|does not answer)/).waitFor();
    await pictures(page, 'restarting');
    platform = await stopped;
    await page.getByText(/The engine (is restarting|does not answer)/).waitFor({ state: 'detached' });
    await platform.client.topologies.save({
      name: 'after-restart',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'wait', kind: 'user-task' },
      ],
      connections: [{ from: 'start', to: 'wait' }],
    });
    await platform.client.topologies.publish('after-restart', 1);
    await platform.client.topologies.enable('after-restart', 1);
    await platform.client.run('after-restart', 'start', { body: '{}' });
    await page.getByRole('link', { name: /^For people 3/ }).waitFor();
  }, 90_000);

  test('nothing broke on any of these pages', () => {
    expect(broken).toEqual([]);
  });
});
