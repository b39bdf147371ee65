// The page as the tests in a browser call it.

import type { Page as Tab } from 'playwright-core';
import type { TopologyEditorProps } from '../view/TopologyEditor.tsx';
import type { TopologyViewerProps } from '../view/TopologyViewer.tsx';

type Plain<T> = { [K in keyof T as NonNullable<T[K]> extends (...args: never) => unknown ? never : K]: T[K] };
export type Scheme = 'light' | 'dark';

export async function showEditor(
  tab: Tab,
  props: Partial<Plain<TopologyEditorProps>>,
  scheme: Scheme = 'light',
): Promise<void> {
  await tab.evaluate(
    ([given, colours]) => {
      window.page.change = null;
      window.page.faults = [];
      window.page.show({ view: 'editor', props: given as never }, colours as Scheme);
    },
    [props, scheme] as const,
  );
  await tab.waitForFunction(() => window.page.change !== null || window.page.faults.length > 0);
}

export async function showViewer(tab: Tab, props: Plain<TopologyViewerProps>, scheme: Scheme = 'light'): Promise<void> {
  await tab.evaluate(
    ([given, colours]) => window.page.show({ view: 'viewer', props: given as never }, colours as Scheme),
    [props, scheme] as const,
  );
  await tab.waitForSelector('[data-testid="viewer"][data-ready]');
}

/** The document and the model, when everything asked for is done. */
export const save = (tab: Tab) => tab.evaluate(() => window.page.handle!.save());
export const settled = (tab: Tab) => tab.evaluate(() => window.page.handle!.settled());
export const model = async (tab: Tab) => {
  await settled(tab);
  return tab.evaluate(() => window.page.change!.model);
};
export const element = (id: string): string => `[data-element-id="${id}"]`;
