// The page of the API in a real browser: nothing without a token, everything that the token may see, and a call from the page.

import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './testing/guide.ts';
import { closeNow, listening } from './testing/loopback.ts';
import { deployChain, type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

const SCREENSHOTS = join(ROOT, '.test-results', 'screenshots');

describe('the page of the API', () => {
  let p: TestPlatform;
  let browser: Browser;
  let page: Page;
  /** What the page was refused, what broke in it, and what it asked of others. */
  const faults: string[] = [];
  let service: Server;
  let key: string;

  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await p.fetch(`/api/v1/gateway${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, unknown>;
  };
  /** The page anew: nothing of what was typed before is left. */
  const open = async (path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<void> => {
    faults.length = 0;
    await page.emulateMedia({ colorScheme });
    await page.goto(p.url + path);
  };
  const watch = (): void => {
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 40[13]/.test(message.text())) faults.push(message.text());
    });
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== p.url && !request.url().startsWith('data:')) faults.push(request.url());
    });
  };

  beforeAll(async () => {
    service = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ asked: request.url }));
    });
    const url = await listening(service);
    p = await testPlatform();
    await deployChain(p, 'orders', { id: 'wait', kind: 'delay', settings: { delayMs: 1 } });
    await post('/consumers', { name: 'shop', scopes: ['stock'] });
    key = (await post('/consumers/shop/keys', {}))['key'] as string;
    const common = { methods: ['GET'], access: { scopes: ['stock'] } };
    const stock = {
      name: 'stock',
      path: '/shop/stock/{id}',
      summary: 'What is there',
      target: { kind: 'upstream', url: `${url}/items/{id}` },
    };
    await post('/routes', { ...common, ...stock });
    await post('/routes', {
      ...common,
      name: 'docs',
      path: '/shop/openapi.json',
      target: { kind: 'description', title: 'Shop' },
    });
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await driver.launch({
      args: chromium.args,
      executablePath: await chromium.executablePath(),
      headless: true,
    });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    watch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await p?.close();
    closeNow(service);
  });

  test('it shows nothing without a token, says what is wrong with a bad one, and lists what a good one may see', async () => {
    await open('/docs');
    expect(await page.locator('#api').innerText()).toBe('');
    await page.fill('[name=secret]', 'wrong');
    await page.click('text=Show');
    await page.locator('#notice.wrong').waitFor();
    expect(await page.locator('#api').innerText()).toBe('');
    await page.fill('[name=secret]', TOKEN);
    await page.click('text=Show');
    await page.locator('#operations-routes-stock').waitFor();
    await page.locator('[id^=operations-processes]').first().waitFor();
    expect(await page.locator('[name=secret]').inputValue()).toBe('');
    expect(faults).toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, 'api-docs-light.png'), fullPage: true });
  });

  test('R53: with the key of a consumer it shows the description for callers, and a call from the page carries the key', async () => {
    await open('/docs?document=/shop/openapi.json', 'dark');
    await page.fill('[name=secret]', key);
    await page.click('text=Show');
    await page.locator('#operations-routes-stock').click();
    await page.fill('#operations-routes-stock input[placeholder=id]', '17');
    await page.click('#operations-routes-stock .execute');
    await page.locator('#operations-routes-stock .live-responses-table').waitFor();
    expect(await page.locator('#operations-routes-stock .live-responses-table').innerText()).toContain('/items/17');
    expect(await page.locator('[id^=operations-processes]').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, 'api-docs-dark.png'), fullPage: true });
  });

  test('a link cannot bring the description of a stranger into the page', async () => {
    await open('/docs?document=//evil.invalid/openapi.json');
    await page.fill('[name=secret]', TOKEN);
    await page.selectOption('[name=kind]', 'platform');
    await page.click('text=Show');
    await page.locator('#operations-routes-stock').waitFor();
    expect(faults).toEqual([]);
  });

  test('its files need no token and say that only they may run', async () => {
    const answer = await fetch(`${p.url}/docs`);
    expect(answer.status).toBe(200);
    const csp = answer.headers.get('content-security-policy')!;
    expect(csp).toContain("script-src 'self'");
    expect(csp).not.toContain('unsafe');
    expect((await fetch(`${p.url}/docs/../package.json`)).status).toBe(404);
  });
});
