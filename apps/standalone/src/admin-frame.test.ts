// The frame of the web application in a real browser, against a real platform.

import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems, openBrowser, visitor } from './testing/browser.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

const BUILT = dirname(fileURLToPath(import.meta.resolve('@sluice/admin/web')));
const MOST_FIRST_LOAD = 400 * 1024;

let platform: TestPlatform;
let browser: Browser;

beforeAll(async () => {
  [platform, browser] = await Promise.all([testPlatform(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

test('every address inside the application answers its page, and no address of a program does', async () => {
  const html = { accept: 'text/html,*/*' };
  for (const path of [
    '/',
    '/admin',
    '/admin/',
    '/admin/processes',
    '/admin/processes/a?tab=logs',
    '/admin/not-there',
  ]) {
    const response = await fetch(`${platform.url}${path}`, { headers: html });
    expect([path, response.status, response.headers.get('content-type')]).toEqual([
      path,
      200,
      'text/html; charset=utf-8',
    ]);
  }
  for (const path of [
    '/api/v1/not-there',
    '/run/not/there',
    '/admin/assets/not-there.js',
    '/worker-api/x',
    '/shop/orders',
  ]) {
    const response = await fetch(`${platform.url}${path}`, { headers: html });
    expect([path, response.status]).toEqual([path, 404]);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  }
  const program = await fetch(`${platform.url}/admin/processes`, { headers: { accept: 'application/json' } });
  expect(program.status).toBe(404);
  const post = await fetch(`${platform.url}/admin/processes`, { method: 'POST', headers: html });
  expect(post.status).toBe(404);
});

test('the page lets no inline script or style run, and names another nonce each time', async () => {
  const pages = await Promise.all([1, 2].map(() => fetch(`${platform.url}/admin/`)));
  const policies = pages.map((page) => page.headers.get('content-security-policy')!);
  for (const policy of policies) {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  }
  expect(policies[0]).not.toBe(policies[1]);
  const html = await pages[0]!.text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\son\w+=/);
});

test('files with a digest in their name are kept for good and come compressed', async () => {
  const html = await (await fetch(`${platform.url}/admin/`)).text();
  const script = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(html)![1]!;
  const response = await fetch(`${platform.url}/admin/${script}`, { headers: { 'accept-encoding': 'br' } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(response.headers.get('content-type')).toContain('javascript');
});

test('the first load of the frame stays below 400 KB, fonts of Latin text included', () => {
  interface Chunk {
    readonly file: string;
    readonly isEntry?: boolean;
    readonly imports?: readonly string[];
    readonly css?: readonly string[];
    readonly assets?: readonly string[];
  }
  const manifest = JSON.parse(readFileSync(join(BUILT, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const files = new Set<string>();
  const add = (key: string): void => {
    const { file, imports = [], css = [], assets = [] } = manifest[key]!;
    if (files.has(file)) return;
    for (const one of [file, ...css]) files.add(one);
    for (const one of assets) if (/latin-wght/.test(one)) files.add(one);
    for (const one of imports) add(one);
  };
  for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry) add(key);
  expect(files.size).toBeGreaterThan(3);
  const size = (file: string): number => {
    const path = join(BUILT, file);
    return /\.(js|css)$/.test(file) && statSync(path).size > 1_000 ? statSync(`${path}.br`).size : statSync(path).size;
  };
  const total = [...files].reduce((sum, file) => sum + size(file), 0);
  expect(total).toBeLessThan(MOST_FIRST_LOAD);
});

test('areas are reached by keys, by the palette and by address, and nothing of it breaks the policy', async () => {
  const { page, broken, context } = await visitor(browser, platform.url, { token: TOKEN });
  await page.goto('/');
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Processes', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/admin/processes');
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Find or do' }).fill('topolo');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Topologies', level: 1 }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto('/admin/not-there');
  await page.getByText('There is no page here').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(broken).toEqual([]);
  await context.close();
}, 60_000);
