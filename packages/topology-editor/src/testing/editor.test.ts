// The editor in a real browser: one page, one browser, the acts of a person.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TopologyModel } from '@sluice/topology';
import { fromBpmn, sameMeaning, toBpmn } from '@sluice/topology/bpmn';
import type { Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openRig, type Rig, SCREENSHOTS } from './browser.ts';
import { element, model, type Scheme, save, settled, showEditor, showViewer } from './shared.ts';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const demo = JSON.parse(readFileSync(join(repository, 'examples/new-order/topology.json'), 'utf8')) as TopologyModel;
const interchange = join(repository, 'packages/topology/fixtures/bpmn');

// Where many things run at once a browser is slow, and no test here waits longer than for what it asks.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let rig: Rig;
let tab: Tab;

beforeAll(async () => {
  rig = await openRig();
  tab = await rig.tab();
});
afterAll(() => rig?.close());

const chooseFromMenu = async (words: string): Promise<void> => {
  await tab.getByRole('dialog').getByRole('combobox').fill(words);
  await tab.keyboard.press('Enter');
  await tab.getByRole('dialog').waitFor({ state: 'detached' });
  await settled(tab);
};
const focusCanvas = (): Promise<void> => tab.focus('[data-testid="canvas"] svg');
const picture = async (name: string): Promise<unknown> =>
  process.env['SLUICE_PICTURES'] && tab.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
/** What was drawn says the same as what is read from the document as a whole. */
async function expectInStep(): Promise<TopologyModel> {
  const kept = await model(tab);
  const { model: whole } = await save(tab);
  expect(sameMeaning(kept, fromBpmn(toBpmn(whole)).model)).toBe(true);
  expect(kept.connections).toEqual(whole.connections);
  return kept;
}

test('who is quicker than the picture appends to the step that was appended last', async () => {
  await showEditor(tab, { name: 'quick' });
  await focusCanvas();
  for (const words of ['start', 'parse-order', 'filter', 'respond']) {
    await tab.keyboard.press('a');
    await tab.getByRole('dialog').getByRole('combobox').fill(words);
    await tab.keyboard.press('Enter');
  }
  await tab.waitForFunction(() => window.page.change?.model.nodes.length === 4);
  expect((await expectInStep()).connections).toMatchObject([
    { from: 'start', to: 'parse-order' },
    { from: 'parse-order', to: 'filter' },
    { from: 'filter', to: 'respond' },
  ]);
});

test('what is typed while the picture is brought in step stays', async () => {
  const nodes: TopologyModel['nodes'] = [
    { id: 'in', kind: 'start' },
    { id: 'work', kind: 'custom', worker: 'w', action: 'a' },
  ];
  await showEditor(tab, { bpmn: toBpmn({ name: 'typed', nodes, connections: [{ from: 'in', to: 'work' }] }) });
  await tab.evaluate(() => window.page.handle!.focus('work'));
  const panel = tab.getByRole('complementary', { name: 'Properties' });
  // The panel follows the picture; before, its "Name" is that of the whole process.
  await panel.getByLabel('Id', { exact: true }).waitFor();
  const name = panel.getByLabel('Name', { exact: true });
  await name.focus();
  await tab.keyboard.type('Book');
  await tab.keyboard.press('Enter');
  await tab.keyboard.type(' the order');
  await tab.keyboard.press('Enter');
  await panel.getByLabel('At once').focus();
  await tab.keyboard.type('250');
  await tab.waitForFunction(() => window.page.change?.model.nodes[1]?.settings?.prefetch === 250);
  expect(await name.inputValue()).toBe('Book the order');
  expect((await expectInStep()).nodes[1]).toMatchObject({ name: 'Book the order', settings: { prefetch: 250 } });
});

describe('drawing', () => {
  test('R13: a process is drawn from nothing by keyboard alone, bound to a worker, and undone step by step', async () => {
    await showEditor(tab, { name: 'by-keyboard' });
    await focusCanvas();
    for (const words of ['start', 'parse-order', 'filter', 'respond']) {
      await tab.keyboard.press('a');
      await chooseFromMenu(words);
    }
    const drawn = await expectInStep();
    expect(drawn.name).toBe('by-keyboard');
    expect(drawn.nodes).toMatchObject([
      { id: 'start', kind: 'start' },
      { id: 'parse-order', kind: 'custom', worker: 'order-worker', action: 'parse-order' },
      { id: 'filter', kind: 'filter' },
      { id: 'respond', kind: 'respond' },
    ]);
    expect(drawn.connections).toEqual([
      { from: 'start', to: 'parse-order' },
      { from: 'parse-order', to: 'filter' },
      { from: 'filter', to: 'respond' },
    ]);
    await focusCanvas();
    for (let left = 3; left >= 0; left--) {
      await tab.keyboard.press('Control+z');
      expect((await model(tab)).nodes).toHaveLength(left);
    }
    for (let count = 0; count < 4; count++) await tab.keyboard.press('Control+Shift+z');
    expect((await expectInStep()).connections).toEqual(drawn.connections);
  });

  test('R13: kinds and actions are dragged from the palette, connected with the pad, and told their settings', async () => {
    await showEditor(tab, { name: 'by-mouse' });
    const canvas = (await tab.getByTestId('canvas').boundingBox())!;
    const drag = async (item: string, x: number, y: number): Promise<void> => {
      const from = (await tab.locator(item).boundingBox())!;
      await tab.mouse.move(from.x + 20, from.y + 12);
      await tab.mouse.down();
      await tab.mouse.move(from.x + 60, from.y + 40, { steps: 3 });
      // The shape is made when the drag begins, and drawn when it is there.
      await tab.waitForSelector('.sl-dragging');
      await tab.mouse.move(canvas.x + x - 30, canvas.y + y, { steps: 6 });
      await tab.mouse.move(canvas.x + x, canvas.y + y, { steps: 3 });
      await tab.mouse.up();
      await settled(tab);
    };
    await drag('[data-kind="start"].sl-item', 120, 300);
    await drag('[data-action="create-sales-order"]', 320, 300);
    await drag('[data-kind="map"].sl-item', 560, 300);
    expect((await model(tab)).nodes.map(({ id }) => id)).toEqual(['start', 'create-sales-order', 'map']);
    for (const [from, to] of [
      ['start', 'create-sales-order'],
      ['create-sales-order', 'map'],
    ] as const) {
      // For a moment after a drop the library swallows clicks, so the step is selected by the handle.
      await tab.evaluate((id) => window.page.handle!.focus(id), from);
      await tab.click('.djs-context-pad .sl-pad-connect');
      await tab.click(element(to));
      await settled(tab);
    }
    await tab.evaluate(() => window.page.handle!.focus('create-sales-order'));
    const panel = tab.getByRole('complementary', { name: 'Properties' });
    await panel.getByLabel('Name', { exact: true }).fill('Book the order');
    await panel.getByLabel('At once').fill('4');
    await panel.getByLabel('Timeout').fill('45s');
    await panel.getByLabel('Timeout').blur();
    await tab.evaluate(() => window.page.handle!.focus('map'));
    await panel.getByLabel('Mapping', { exact: true }).fill('{ "id": body.id }');
    await panel.getByLabel('Mapping', { exact: true }).blur();
    await tab.waitForFunction(() =>
      window.page.change?.model.nodes.some(({ settings }) => settings?.expression === '{ "id": body.id }'),
    );
    const drawn = await expectInStep();
    expect(drawn.nodes[1]).toEqual({
      id: 'create-sales-order',
      kind: 'connector',
      name: 'Book the order',
      worker: 'order-worker',
      action: 'create-sales-order',
      settings: { prefetch: 4, timeoutMs: 45_000 },
    });
    expect(drawn.connections).toEqual([
      { from: 'start', to: 'create-sales-order' },
      { from: 'create-sales-order', to: 'map' },
    ]);
    // The mapping stands where BPMN has a place for it, so that other tools show it.
    expect((await save(tab)).bpmn).toContain('<bpmn:script>{ "id": body.id }</bpmn:script>');
  });

  test('another click on the selected step leaves it selected, so what comes next follows it', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    for (let times = 0; times < 2; times++) await tab.click(element('transform'));
    await focusCanvas();
    await tab.keyboard.press('a');
    await chooseFromMenu('filter');
    await settled(tab);
    expect((await model(tab)).connections).toContainEqual({ from: 'transform', to: 'filter' });
  });

  test('an action of a panel of the host is dropped onto a line, and stands between', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await tab.evaluate(() => {
      const line = document.querySelector('[data-element-id="flow_parse_transform"] .djs-hit')!;
      const box = line.getBoundingClientRect();
      const data = new DataTransfer();
      data.setData(
        'application/x-sluice-action',
        JSON.stringify({ kind: 'connector', worker: 'connectors', action: 'slack-post' }),
      );
      const init = {
        bubbles: true,
        cancelable: true,
        dataTransfer: data,
        clientX: box.x + box.width / 2,
        clientY: box.y + box.height / 2,
      };
      document.querySelector('[data-testid="canvas"]')!.dispatchEvent(new DragEvent('drop', init));
    });
    await tab.waitForFunction(() => window.page.change?.model.nodes.length === 8);
    const { connections } = await expectInStep();
    expect(connections).toContainEqual({ from: 'parse', to: 'slack-post' });
    expect(connections).toContainEqual({ from: 'slack-post', to: 'transform' });
    expect(connections).not.toContainEqual({ from: 'parse', to: 'transform' });
  });

  test('an error path and a kind that changes are drawn as they mean, and undone', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await tab.click(element('erp'));
    await tab.click('.djs-context-pad .sl-pad-error');
    await chooseFromMenu('user task');
    expect((await expectInStep()).connections).toContainEqual({ from: 'erp', to: 'user-task', on: 'error' });
    await focusCanvas();
    await tab.keyboard.press('r');
    await chooseFromMenu('respond');
    const changed = await expectInStep();
    expect(changed.nodes).toContainEqual({ id: 'user-task', kind: 'respond' });
    expect(changed.connections).toContainEqual({ from: 'erp', to: 'user-task', on: 'error' });
    // What answers was drawn as an end; with a step after it, it is an event between, and still the same node.
    await focusCanvas();
    await tab.keyboard.press('a');
    await chooseFromMenu('filter');
    const onward = await expectInStep();
    expect(onward.nodes).toContainEqual({ id: 'user-task', kind: 'respond' });
    expect(onward.connections).toContainEqual({ from: 'user-task', to: 'filter' });
    expect(onward.connections).toContainEqual({ from: 'erp', to: 'user-task', on: 'error' });
    await focusCanvas();
    for (let count = 0; count < 3; count++) await tab.keyboard.press('Control+z');
    expect(sameMeaning(await model(tab), fromBpmn(toBpmn(demo)).model)).toBe(true);
  });

  test('what begins a process takes no connection', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await tab.click(element('parse'));
    await tab.click('.djs-context-pad .sl-pad-connect');
    await tab.click(element('order'));
    await tab.keyboard.press('Escape');
    expect((await model(tab)).connections).toEqual(demo.connections);
  });

  test('steps are copied with their connections and settings, within a tab and to another', async () => {
    await rig.browser.contexts()[0]!.grantPermissions(['clipboard-read', 'clipboard-write']);
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await focusCanvas();
    await tab.keyboard.press('Control+a');
    await tab.keyboard.press('Control+c');
    await tab.keyboard.press('Control+v');
    await tab.waitForFunction(() => window.page.change?.model.nodes.length === 14);
    const twice = await expectInStep();
    expect(twice.connections).toHaveLength(12);
    const { settings } = twice.nodes.find(({ id }) => id === 'erp')!;
    expect(twice.nodes.find(({ id }) => id === 'erp-2')).toMatchObject({ kind: 'connector', settings });
    expect(twice.connections).toContainEqual({ from: 'gateway-2', to: 'stock-2', when: '$count(body.lines) > 0' });
    await focusCanvas();
    await tab.keyboard.press('Control+z');
    expect((await model(tab)).nodes).toHaveLength(7);

    const other = await tab.context().newPage();
    await other.goto(rig.url);
    await other.waitForFunction(() => window.page !== undefined);
    await showEditor(other, { name: 'other' });
    await other.focus('[data-testid="canvas"] svg');
    await other.keyboard.press('Control+v');
    await other.waitForFunction(() => window.page.change?.model.nodes.length === 7);
    const there = (await save(other)).model;
    expect(there.nodes.map(({ id, settings: kept }) => [id, kept])).toEqual(
      demo.nodes.map(({ id, settings: kept }) => [id, kept]),
    );
    expect(there.connections).toEqual(demo.connections);
    expect(there.name).toBe('other');
    await other.close();
    await tab.bringToFront();
  });

  test('a layout of everything changes where things are and nothing that they mean', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await tab.evaluate(() => window.page.handle!.add({ kind: 'delay' }, { after: 'parse' }));
    const before = await expectInStep();
    await tab.evaluate(() => window.page.handle!.arrange());
    expect(sameMeaning(await expectInStep(), before)).toBe(true);
    const boxes = await tab.$$eval('.djs-shape', (shapes) =>
      shapes
        .map((shape) => shape.querySelector('.djs-hit')!.getBoundingClientRect())
        .map(({ x, y, width, height }) => ({ x, y, width, height })),
    );
    for (const [at, a] of boxes.entries())
      for (const b of boxes.slice(at + 1))
        expect(a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height).toBe(
          true,
        );
  });
});

describe('settings', () => {
  test('several steps get a setting at once, and one undo takes it from all', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await tab.click(element('parse'));
    await tab.click(element('transform'), { modifiers: ['Shift'] });
    const panel = tab.getByRole('complementary', { name: 'Properties' });
    await panel.getByText('2 steps').waitFor();
    await panel.getByLabel('At once').fill('9');
    await tab.waitForFunction(
      () => window.page.change?.model.nodes.filter(({ settings }) => settings?.prefetch === 9).length === 2,
    );
    await expectInStep();
    await tab.evaluate(() => window.page.handle!.undo());
    expect((await model(tab)).nodes).toEqual(demo.nodes);
  });

  test('an expression is tried on a sample by the host, and a schedule is said in words', async () => {
    await showEditor(tab, {
      bpmn: toBpmn({
        name: 't',
        nodes: [
          { id: 'clock', kind: 'cron', settings: { cron: '*/15 8-18 * * 1-5', timeZone: 'Europe/Prague' } },
          { id: 'm', kind: 'map', settings: { expression: 'body.kind' } },
        ],
        connections: [{ from: 'clock', to: 'm' }],
      }),
    });
    await tab.click(element('m'));
    await tab.getByLabel('Preview of Mapping').click();
    await tab.locator('[data-result]').waitFor();
    expect(await tab.locator('[data-result]').textContent()).toBe('"order"');
    await tab.click(element('clock'));
    const runs = tab.getByRole('list', { name: 'Next runs' });
    expect(await runs.textContent()).toContain('Every 15 minutes');
    expect(await runs.getByRole('listitem').count()).toBe(4);
    await tab.getByRole('button', { name: 'Run', exact: true }).click();
    expect(await tab.evaluate(() => window.page.ran)).toEqual(['clock']);
  });

  test('a connection gets a condition, which BPMN carries', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await tab.evaluate(() => {
      const line = document.querySelector('[data-element-id="flow_erp_gateway"] .djs-hit')!;
      const { x, y, width } = line.getBoundingClientRect();
      for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'])
        line.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX: x + width / 2, clientY: y }));
    });
    await tab.getByLabel('Condition', { exact: true }).fill('body.total > 0');
    await tab.waitForFunction(() =>
      window.page.change?.model.connections.some(({ when }) => when === 'body.total > 0'),
    );
    await expectInStep();
    expect((await save(tab)).bpmn).toMatch(/conditionExpression[^>]*>body\.total &gt; 0</);
  });
});

describe('problems', () => {
  test('they are found as one types, marked on the picture, and lead to their place', async () => {
    const broken: TopologyModel = {
      ...demo,
      nodes: [
        ...demo.nodes.map((node) => (node.id === 'erp' ? { id: 'erp', kind: 'connector' as const } : node)),
        { id: 'lost', kind: 'filter' },
      ],
    };
    await showEditor(tab, { bpmn: toBpmn(broken) });
    expect(await tab.evaluate(() => window.page.change!.problems.map(({ code }) => code))).toEqual(
      expect.arrayContaining(['node.worker_missing', 'node.unreachable', 'node.setting_missing']),
    );
    expect(await tab.locator('.sl-alarm').count()).toBe(2);
    // It lies over the picture, so that it can be seen as a whole and says more when it is pointed at.
    await tab.locator('.sl-alarm').first().hover();
    await focusCanvas();
    await tab.keyboard.press('i');
    await tab.locator('[data-code="node.setting_missing"]').click();
    await picture('problems-light');
    const panel = tab.getByRole('complementary', { name: 'Properties' });
    await panel.getByLabel('Condition', { exact: true }).fill('true');
    await tab.waitForFunction(() => !window.page.change!.problems.some(({ code }) => code === 'node.setting_missing'));
  });
});

describe('documents of other tools', () => {
  test.each(readdirSync(interchange).filter((file) => file.endsWith('.bpmn')))(
    'B19: %s opens, is drawn, and is saved with the same meaning and every element',
    async (file) => {
      const text = readFileSync(join(interchange, file), 'utf8');
      await showEditor(tab, { bpmn: text });
      expect(await tab.evaluate(() => window.page.faults)).toEqual([]);
      const { bpmn, model: saved } = await save(tab);
      expect(sameMeaning(saved, fromBpmn(text).model)).toBe(true);
      expect(elementsOf(bpmn)).toEqual(elementsOf(text));
      if (/^(A\.1|B\.2|C\.1)/.test(file)) await picture(`interchange-${file.slice(0, 3)}`);
    },
  );

  test('what cannot run is listed with its element and the reason', async () => {
    await showEditor(tab, { bpmn: readFileSync(join(interchange, 'C.1.0.bpmn'), 'utf8') });
    const problems = await tab.evaluate(() => window.page.change!.problems);
    await focusCanvas();
    await tab.keyboard.press('i');
    const rows = tab.getByRole('list', { name: 'Problems' }).getByRole('button');
    expect(await rows.count()).toBe(problems.length);
  });

  test('a document that cannot be read is refused with a reason, and what was there stays', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    const refused = await tab.evaluate(() =>
      window.page.handle!.open('<nonsense/>').then(
        () => '',
        (error: Error) => error.message,
      ),
    );
    expect(refused).not.toBe('');
    expect((await model(tab)).nodes).toEqual(demo.nodes);
  });
});

describe('text beside the picture', () => {
  test('B6: what is drawn is written, what is written is drawn, and what is selected here is marked there', async () => {
    await showEditor(tab, { bpmn: toBpmn(demo) });
    await focusCanvas();
    await tab.keyboard.press('t');
    const text = tab.getByLabel('The process as TypeScript');
    await text.waitFor();
    await tab.click(element('parse'));
    await tab.waitForFunction(() =>
      [...document.querySelectorAll('.sl-here')].some(({ textContent }) => textContent?.includes('parse: custom(')),
    );
    await picture('text-light');
    const written = await text.evaluate((host) => (host as HTMLElement).innerText);
    await text.fill(
      written
        .replace("['order', 'parse'],", "['order', 'check'],\n    ['check', 'parse', { when: 'body.ok' }],")
        .replace('order: start(),', "order: start(),\n    check: filter({ settings: { condition: 'true' } }),"),
    );
    await tab.waitForFunction(() => window.page.change?.model.nodes.length === 8);
    const drawn = await expectInStep();
    expect(drawn.connections).toContainEqual({ from: 'check', to: 'parse', when: 'body.ok' });
    await tab.locator(element('check')).waitFor({ state: 'attached' });
    await text.fill('export default topology(alert(1), {});');
    await tab.getByRole('status').waitFor();
    expect((await model(tab)).nodes).toHaveLength(8);
    await tab.evaluate(() => window.page.handle!.undo());
    expect((await model(tab)).nodes).toEqual(demo.nodes);
  });
});

describe('looking', () => {
  const after: TopologyModel = {
    ...demo,
    nodes: [
      ...demo.nodes
        .filter(({ id }) => id !== 'email')
        .map((node) => (node.id === 'erp' ? { ...node, settings: { ...node.settings, prefetch: 4 } } : node)),
      { id: 'invoice', kind: 'connector', worker: 'order-worker', action: 'create-invoice' },
    ],
    connections: [
      ...demo.connections.filter(({ to }) => to !== 'email'),
      { from: 'gateway', to: 'invoice', when: 'body.total > 0' },
    ],
  };

  test.each(['light', 'dark'] as const)(
    'two versions are one picture with what came, went and changed (%s)',
    async (scheme) => {
      await showViewer(tab, { bpmn: toBpmn(after), before: toBpmn(demo) }, scheme);
      for (const [mark, ids] of [
        ['added', ['invoice']],
        ['removed', ['email']],
        ['changed', ['erp']],
      ] as const)
        for (const id of ids) expect(await tab.locator(`.djs-shape.sl-${mark}${element(id)}`).count(), id).toBe(1);
      expect(await tab.locator('.djs-connection.sl-removed').count()).toBe(1);
      expect(await tab.locator('.sl-change').count()).toBe(5);
      await picture(`diff-${scheme}`);
    },
  );

  test.each(['light', 'dark'] as const)(
    'live counts stand at their nodes, and the way of a process is told from the rest (%s)',
    async (scheme) => {
      await tab.emulateMedia({ reducedMotion: 'reduce' });
      const way = { steps: ['order', 'parse', 'transform', 'erp'], failed: ['erp'] };
      const overlays = {
        erp: { queued: 128, inFlight: 16, limited: 40, trash: 3 },
        stock: { queued: 7 },
        parse: { inFlight: 4 },
      };
      await showViewer(tab, { bpmn: toBpmn(demo), overlays, way, play: 1 }, scheme);
      expect(await tab.locator('.djs-shape.sl-way').count()).toBe(4);
      expect(await tab.locator('.djs-connection.sl-way').count()).toBe(3);
      expect(await tab.locator('.djs-shape.sl-off').count()).toBe(3);
      expect(await tab.locator('.sl-pulse').count()).toBe(0);
      expect(await tab.locator('.sl-count').allTextContents()).toEqual(
        expect.arrayContaining(['128', '16', '40', '3', '7']),
      );
      await tab.screenshot({ path: join(SCREENSHOTS, `way-${scheme}.png`) });
      await tab.emulateMedia({ reducedMotion: 'no-preference' });
    },
  );

  test('a message travels along its way, for whom motion is welcome', async () => {
    await showViewer(tab, { bpmn: toBpmn(demo), way: { steps: ['order', 'parse', 'transform'] }, play: 1 });
    await tab.locator('.sl-pulse').waitFor({ state: 'attached' });
    await tab.waitForFunction(() => document.querySelectorAll('.djs-shape.sl-way').length === 3);
    await tab.locator('.sl-pulse').waitFor({ state: 'detached' });
  });

  test.each(['light', 'dark'] as Scheme[])('pictures for the eye (%s)', async (scheme) => {
    await showEditor(tab, { bpmn: toBpmn(demo), overlays: { erp: { queued: 12, inFlight: 4 } } }, scheme);
    await picture(`editor-${scheme}`);
    await tab.click(element('erp'));
    await tab.getByRole('complementary', { name: 'Properties' }).getByText('Served by').waitFor();
    await picture(`step-${scheme}`);
    await tab.keyboard.press('a');
    await tab.getByRole('dialog').waitFor();
    await picture(`append-${scheme}`);
    await tab.keyboard.press('Escape');
    await tab.keyboard.press('m');
    await tab.keyboard.press('?');
    await tab.getByText('This sheet').click();
    await picture(`keys-${scheme}`);
    await tab.keyboard.press('Escape');
    await showEditor(tab, { name: 'empty' }, scheme);
    await picture(`empty-${scheme}`);
  });
});

describe('500 steps', () => {
  test('an edit costs no more than twenty times what it costs among 20 steps', async () => {
    const grown = (count: number): TopologyModel => ({
      name: `of-${count}`,
      nodes: [
        { id: 'in', kind: 'start' },
        ...Array.from({ length: count }, (_, at) => ({
          id: `n${at}`,
          kind: at % 2 ? ('custom' as const) : ('connector' as const),
          worker: 'w',
          action: 'a',
        })),
      ],
      connections: Array.from({ length: count }, (_, at) => ({ from: at < 10 ? 'in' : `n${at - 10}`, to: `n${at}` })),
    });
    const cost = async (count: number): Promise<number> => {
      await showEditor(tab, { bpmn: toBpmn(grown(count)) });
      const timed = await tab.evaluate(async () => {
        const handle = window.page.handle!;
        const times: number[] = [];
        for (let round = 0; round < 5; round++) {
          const began = performance.now();
          await handle.add({ kind: 'map' }, { after: 'n15' });
          await handle.settled();
          times.push(performance.now() - began);
        }
        return times.sort((a, b) => a - b)[1]!;
      });
      return timed;
    };
    const few = await cost(20);
    const many = await cost(500);
    expect(many / few).toBeLessThan(20);
    // The view moves, and nothing of it reaches the steps: their styles stay as they are.
    await tab.mouse.move(700, 450);
    await tab.mouse.wheel(0, 60);
    const grid = (selector: string): Promise<string> =>
      tab.$eval(selector, (element) => getComputedStyle(element).getPropertyValue('--sl-grid-y'));
    await tab.waitForFunction(() => document.querySelector<HTMLElement>('.sl-canvas')!.style.length > 0);
    expect(await grid('.sl-canvas')).not.toBe('0px');
    expect(await grid('.djs-shape')).toBe('0px');
    await picture('500-steps');
    await expectInStep();
  });
});

/** Every element of a document that has an id, by its name, without those of the picture. */
function elementsOf(text: string): string[] {
  const found: string[] = [];
  for (const [, name, attributes] of text.matchAll(/<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g)) {
    const id = /\sid\s*=\s*["']([^"']*)["']/.exec(attributes!)?.[1];
    const local = name!.replace(/^.*:/, '');
    if (id !== undefined && !/^(BPMN|JBoss)/.test(local)) found.push(`${local} ${id}`);
  }
  return found.sort();
}
