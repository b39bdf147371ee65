// A hundred thousand processes in a real browser: the list is filtered and scrolled, and the page stays as small as it is.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStores } from '@sluice/engine/sqlite';
import { acceptance, message } from '@sluice/engine/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goTo, openBrowser, pictures, visitor } from './testing/browser.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

const MANY = 100_000;
const PORTION = 2_000;
const CANCELLED = 3;
const SCREENS = 14;

let platform: TestPlatform;
let browser: Browser;
let page: Page;
let broken: string[];

/** One a second until now, the oldest of a topology of their own. */
async function fill(directory: string): Promise<void> {
  const stores = await sqliteStores({ directory });
  const begin = Date.now() - MANY * 1_000;
  const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  for (let at = 0; at < MANY; at += PORTION)
    await Promise.all(
      Array.from({ length: PORTION }, (_, i) => {
        const processId = idOf(at + i);
        const open = at + i < CANCELLED ? [message(processId, 'm')] : [];
        return stores.messages.accept(
          acceptance(open, {
            processId,
            topology: at + i < 120 ? 'archive' : 'orders',
            at: begin + (at + i) * 1_000,
            lineage: { businessKey: `A-${at + i}`, parent: null, depth: 0 },
          }),
        );
      }),
    );
  for (let i = 0; i < CANCELLED; i++) await stores.messages.cancel(idOf(i), Date.now());
  await stores.close();
}

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-many-'));
  await fill(directory);
  [platform, browser] = await Promise.all([testPlatform({}, directory), openBrowser()]);
  ({ page, broken } = await visitor(browser, platform.url, { token: TOKEN }));
  await page.goto('/admin/processes');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

const grid = () => page.getByRole('grid', { name: 'Processes' });
const rowOf = (key: number) => grid().getByText(`A-${key}`, { exact: true });

test('the list is scrolled by thousands of rows, and only those around what can be seen are in the page', async () => {
  await rowOf(MANY - 1).waitFor();
  for (let screen = 0; screen < SCREENS; screen++) {
    const last = Number(await grid().getByRole('row').last().getAttribute('aria-rowindex'));
    await grid().evaluate((node) => {
      const scroller = node as { scrollTop: number; scrollHeight: number };
      scroller.scrollTop = scroller.scrollHeight;
    });
    await page.waitForFunction(
      (index) =>
        [...(globalThis as unknown as Dom).document.querySelectorAll('[role="row"]')].some(
          (row) => Number(row.getAttribute('aria-rowindex')) > index,
        ),
      last,
    );
  }
  const shown = Number(await grid().getByRole('row').last().getAttribute('aria-rowindex'));
  expect(shown).toBeGreaterThan(1_000);
  expect(await grid().getByRole('row').count()).toBeLessThan(shown / 10);
  await pictures(page, 'processes-far-down');
}, 120_000);

test('each filter finds what there is, at any age', async () => {
  const choose = async (status: string): Promise<void> => {
    await page.getByRole('radiogroup', { name: 'Status' }).getByText(status, { exact: true }).click();
  };
  await goTo(page, '/admin/processes');
  await choose('Cancelled');
  await rowOf(0).waitFor();
  expect(await grid().getByRole('row').count()).toBe(1 + CANCELLED);
  await choose('Failed');
  await page.getByText('No process matches').waitFor();
  await choose('Running');
  await page.getByText('No process matches').waitFor();
  await choose('All');
  await goTo(page, '/admin/processes?topology=archive');
  await rowOf(119).waitFor();
  await goTo(page, '/admin/processes?since=1h');
  await rowOf(MANY - 1).waitFor();
  await goTo(page, '/admin/processes');
  await page.getByRole('textbox', { name: 'Business key' }).fill('A-77');
  await rowOf(77).waitFor();
  expect(await grid().getByRole('row').count()).toBe(2);
  expect(broken).toEqual([]);
}, 60_000);

interface Dom {
  readonly document: { querySelectorAll(selector: string): Iterable<{ getAttribute(name: string): string | null }> };
}
