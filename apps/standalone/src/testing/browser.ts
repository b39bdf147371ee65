// A real browser in a test: one process per test file, a context of its own per person.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export type { BrowserContext, Page } from 'playwright-core';

/** Where pictures of pages are kept, for people to look at. */
const PICTURES = join(import.meta.dirname ?? '.', '..', '..', '..', '..', '.test-results', 'screenshots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = { wide: 1440, narrow: 1024 } as const;

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // Those of the package are for functions in a cloud: one process for everything, and no protection of pages.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote', '--font-render-hinting=none'],
    headless: true,
  });
}

/** A person at the platform, who is nobody until they sign in. What breaks on their pages is kept in `broken`. */
export async function visitor(
  browser: Browser,
  url: string,
  options: { readonly width?: number; readonly height?: number; readonly dark?: boolean; readonly token?: string } = {},
): Promise<{ context: BrowserContext; page: Page; broken: string[] }> {
  const { width = 1440, height = 900, dark = false, token } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...(token === undefined ? {} : { extraHTTPHeaders: { authorization: `Bearer ${token}` } }),
  });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on('pageerror', (error) => broken.push(error.stack ?? error.message));
  page.on('console', (message) => {
    // What the policy of the page refuses, and what React complains about.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) broken.push(message.text());
  });
  return { context, page, broken };
}

/** Go to an address of the application as its links do, without loading everything anew, until its page is there. */
export async function goTo(page: Page, path: string): Promise<void> {
  interface Heading {
    readonly isConnected: boolean;
    readonly textContent: string | null;
  }
  const before = await page.evaluateHandle((to) => {
    const { document, history, location } = globalThis as unknown as {
      document: { querySelector(selector: string): Heading | null };
      history: { pushState(state: null, title: string, to: string): void };
      location: { pathname: string };
    };
    const stays = location.pathname === to.split('?')[0];
    const heading = stays ? null : document.querySelector('h1');
    const text = heading?.textContent;
    history.pushState(null, '', to);
    return { heading, text };
  }, path);
  await page.waitForFunction(
    ({ heading, text }) => heading === null || !heading.isConnected || heading.textContent !== text,
    before,
  );
}

/**
 * What axe finds against WCAG 2.2 AA, as lines.
 * @param rules  only these of its rules
 */
export async function accessibilityProblems(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  return page.evaluate(
    async (runOnly) => {
      interface Result {
        violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
      }
      const { axe } = globalThis as unknown as { axe: { run(what: object, options: object): Promise<Result> } };
      const { violations } = await axe.run((globalThis as unknown as { document: object }).document, {
        runOnly,
        resultTypes: ['violations'],
        // What is not read takes half as long again: style sheets, and where in the page each finding is.
        preload: false,
        selectors: false,
      });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary}`),
      );
    },
    rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: tags },
  );
}

/** By how many pixels the page is wider than its window: nobody should have to scroll it sideways. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number } };
      innerWidth: number;
    };
    return Math.max(0, document.documentElement.scrollWidth - innerWidth);
  });

/** One picture of a page as it is now, kept where those of all pages are. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['SLUICE_PICTURES']) return;
  mkdirSync(PICTURES, { recursive: true });
  // Hiding the caret would need an inline style, which the page refuses.
  await page.screenshot({ path: join(PICTURES, `${name}.png`), caret: 'initial' });
}

/** Pictures of a page, light and dark, wide and narrow, under `.test-results/screenshots`, when SLUICE_PICTURES asks for them. */
export async function pictures(page: Page, name: string): Promise<void> {
  if (!process.env['SLUICE_PICTURES']) return;
  const before = page.viewportSize()!;
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const [size, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: before.height });
      await picture(page, `${name}-${scheme}-${size}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(before);
}
