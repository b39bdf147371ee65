// What a person does among 500 steps, beside the same among 20 in the same run: work counted by the browser itself.

import type { TopologyModel } from '@sluice/topology';
import { toBpmn } from '@sluice/topology/bpmn';
import type { CDPSession, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openRig, type Rig } from './browser.ts';
import { element, settled, showEditor } from './shared.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let rig: Rig;
let tab: Tab;
let session: CDPSession;

beforeAll(async () => {
  rig = await openRig();
  tab = await rig.tab();
  session = await tab.context().newCDPSession(tab);
  // Milliseconds of the processor, not of the clock: others may use the machine meanwhile.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
});
afterAll(() => rig?.close());

const grown = (count: number): TopologyModel => ({
  name: `of-${count}`,
  nodes: [
    { id: 'in', kind: 'start' },
    ...Array.from({ length: count }, (_, at) => ({
      id: `n${at}`,
      kind: at % 2 ? ('custom' as const) : ('connector' as const),
      worker: 'w',
      action: 'a',
      name: `Step ${at}`,
    })),
  ],
  connections: Array.from({ length: count }, (_, at) => ({ from: at < 10 ? 'in' : `n${at - 10}`, to: `n${at}` })),
});

const frames = (): Promise<void> =>
  tab.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );
const middleOf = async (id: string): Promise<{ x: number; y: number }> => {
  const box = (await tab
    .locator(`${element(id)} .djs-hit`)
    .first()
    .boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

interface Moves {
  readonly graphicsMoved: { count: number };
}

interface Work {
  /** Milliseconds of the main thread. */
  readonly task: number;
  readonly layout: number;
  readonly style: number;
}

async function work(): Promise<Work> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)!.value * 1_000;
  return { task: of('TaskDuration'), layout: of('LayoutDuration'), style: of('RecalcStyleDuration') };
}

/** The second cheapest of five: what else the browser did meanwhile is not of the act. */
async function cost(act: (round: number) => Promise<void>): Promise<Work> {
  const rounds: Work[] = [];
  for (let round = 0; round < 5; round++) {
    await frames();
    const before = await work();
    await act(round);
    await frames();
    const after = await work();
    rounds.push({
      task: after.task - before.task,
      layout: after.layout - before.layout,
      style: after.style - before.style,
    });
  }
  return rounds.sort((a, b) => a.task - b.task)[1]!;
}

async function acts(count: number): Promise<Readonly<Record<string, Work>>> {
  await showEditor(tab, { bpmn: toBpmn(grown(count)) });
  await settled(tab);
  const panel = tab.getByRole('complementary', { name: 'Properties' });
  const name = panel.getByLabel('Name', { exact: true });
  // Fonts and what else is made once.
  await tab.evaluate(() => window.page.handle!.focus('n4'));
  await name.waitFor();
  await tab.evaluate(async () => {
    await document.fonts.ready;
  });
  const [a, b] = [await middleOf('n5'), await middleOf('n6')];
  const done: Record<string, Work> = {};
  done.select = await cost(async (round) => {
    const { x, y } = round % 2 ? a : b;
    await tab.mouse.click(x, y);
  });
  await name.focus();
  done.type = await cost(() => tab.keyboard.type('x'));
  await tab.keyboard.press('Control+z');
  await settled(tab);
  done.drag = await cost(async () => {
    const { x, y } = await middleOf('n7');
    await tab.mouse.move(x, y);
    await tab.mouse.down();
    await tab.mouse.move(x + 8, y + 4);
    await tab.mouse.move(x + 16, y + 8);
    await tab.mouse.up();
    await settled(tab);
  });
  done.zoom = await cost(async (round) => {
    await tab.keyboard.down('Control');
    await tab.mouse.wheel(0, round % 2 ? 50 : -50);
    await tab.keyboard.up('Control');
    await frames();
  });
  done.append = await cost(async () => {
    const { x, y } = await middleOf('n7');
    await tab.mouse.click(x, y);
    await tab.keyboard.press('a');
    await tab.getByRole('dialog').waitFor();
    await tab.keyboard.press('Enter');
    await settled(tab);
  });
  done.remove = await cost(async (round) => {
    const { x, y } = await middleOf(`n${round + 1}`);
    await tab.mouse.click(x, y);
    await tab.keyboard.press('Delete');
    await settled(tab);
  });
  return done;
}

test('an act costs among 500 steps a few times what it costs among 20, for it touches what it is about', async () => {
  const few = await acts(20);
  const many = await acts(500);
  const ratio = (act: string, kind: keyof Work): number => many[act]![kind] / Math.max(1, few[act]![kind]);
  if (process.env['SLUICE_MEASURE']) process.stdout.write(`${JSON.stringify({ few, many }, null, 1)}\n`);
  // A zoom shows every step at another size.
  for (const act of Object.keys(many)) expect(ratio(act, 'task'), act).toBeLessThan(act === 'zoom' ? 12 : 4);
  // What is chosen or typed lays out the panel it is in, and no text of the picture.
  for (const act of ['select', 'type', 'drag']) expect(ratio(act, 'layout'), act).toBeLessThan(4);
});

test('a drag marks no layer of all steps, and the cursor of the page does not reach into them', async () => {
  await showEditor(tab, { bpmn: toBpmn(grown(20)) });
  await settled(tab);
  const { x, y } = await middleOf('n7');
  await tab.mouse.move(x, y);
  await tab.mouse.down();
  await tab.mouse.move(x + 8, y + 4);
  await tab.mouse.move(x + 30, y + 14);
  await tab.locator('.sl-dragging .djs-dragger').first().waitFor({ state: 'attached' });
  expect(await tab.locator('.viewport > .drop-ok, .viewport > .djs-drag-active, svg.new-parent').count()).toBe(0);
  expect(await tab.evaluate(() => getComputedStyle(document.body).cursor)).not.toBe('auto');
  const cursor = (selector: string): Promise<string> => tab.$eval(selector, (shown) => getComputedStyle(shown).cursor);
  expect(await cursor(element('n3'))).toBe('auto');
  expect(await cursor(`${element('n3')} .sl-card`)).toBe('auto');
  expect(await cursor('.sl-canvas svg')).toBe('grabbing');
  await tab.mouse.up();
  await settled(tab);
  expect(await tab.locator('.sl-dragging').count()).toBe(0);
});

test('a step that is appended, dragged or undone moves the graphics of no other step', async () => {
  await showEditor(tab, { bpmn: toBpmn(grown(50)) });
  await settled(tab);
  await tab.evaluate(() => {
    const moves = { count: 0 };
    const see = (changes: readonly MutationRecord[]): void => {
      for (const { removedNodes } of changes)
        for (const node of removedNodes) if ((node as Element).matches?.('g.djs-group')) moves.count++;
    };
    const watch = new MutationObserver(see);
    watch.observe(document.querySelector('.viewport')!, { subtree: true, childList: true });
    Object.assign(window, { graphicsMoved: moves });
  });
  const moved = async (act: () => Promise<unknown>): Promise<number> => {
    await tab.evaluate(() => {
      (window as unknown as Moves).graphicsMoved.count = 0;
    });
    await act();
    await settled(tab);
    await frames();
    return tab.evaluate(() => (window as unknown as Moves).graphicsMoved.count);
  };
  expect(
    await moved(() => tab.evaluate(() => window.page.handle!.add({ kind: 'custom' }, { after: 'n7' }))),
  ).toBeLessThan(5);
  const { x, y } = await middleOf('n7');
  const drag = async (): Promise<void> => {
    await tab.mouse.move(x, y);
    await tab.mouse.down();
    await tab.mouse.move(x + 8, y + 4);
    await tab.mouse.move(x + 40, y + 24);
    await tab.mouse.up();
  };
  // The step and its three lines.
  const few = await moved(drag);
  expect(few).toBeGreaterThan(0);
  expect(few).toBeLessThan(8);
  expect(await moved(() => tab.keyboard.press('Control+z'))).toBeLessThan(8);
});
