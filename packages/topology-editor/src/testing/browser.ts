// The page of the tests, built and served, and a browser on it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page as Tab } from 'playwright-core';
import { build } from 'vite';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where pictures for the eye are kept. */
export const SCREENSHOTS = fileURLToPath(
  new URL('../../../../.test-results/screenshots/topology-editor', import.meta.url),
);

export interface Rig {
  readonly browser: Browser;
  readonly url: string;
  tab(): Promise<Tab>;
  close(): Promise<void>;
}

export async function openRig(): Promise<Rig> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'sluice-editor-'));
  const page = join(folder, 'page');
  mkdirSync(page);
  writeFileSync(
    join(page, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Editor</title><div id="root"></div><script type="module" src="${join(root, 'dist/testing/page.js')}"></script></html>`,
  );
  await build({
    root: page,
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    resolve: { preserveSymlinks: false },
    build: { outDir: join(folder, 'out'), emptyOutDir: true, minify: false, chunkSizeWarningLimit: 10_000 },
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path === '/' ? '/index.html' : path;
    readFile(join(folder, 'out', file)).then(
      (content) =>
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // Made for a function that answers once; here several tabs live and die.
    args: [
      ...sparticuz.args.filter(
        (argument) =>
          !/^--(single-process|no-zygote|use-gl|use-angle|enable-unsafe-swiftshader|ignore-gpu-blocklist|in-process-gpu)/.test(
            argument,
          ),
      ),
      '--disable-gpu',
    ],
    headless: true,
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    browser,
    url,
    async tab() {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const tab = await context.newPage();
      tab.on('pageerror', (error) => {
        throw error;
      });
      await tab.goto(url);
      await tab.waitForFunction(() => window.page !== undefined);
      return tab;
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
