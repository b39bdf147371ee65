// Drawing, importing and changing processes as a person does: a real browser, a real platform, a real worker.

import { fileURLToPath } from 'node:url';
import { CustomNode, join, type Link, type Message } from '@sluice/sdk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accessibilityProblems, openBrowser, pictures, visitor } from './testing/browser.ts';
import { commandLine } from './testing/command-line.ts';
import { deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

vi.setConfig({ testTimeout: 120_000 });

const FOREIGN = fileURLToPath(new URL('../../../packages/topology/fixtures/bpmn/A.1.0.bpmn', import.meta.url));

class Stamp extends CustomNode {
  readonly name = 'stamp';
  override readonly description = 'Puts a stamp on what passes';
  process(message: Message): unknown {
    const body = message.json<{ stamps?: number }>();
    return { ...body, stamps: (body.stamps ?? 0) + 1 };
  }
}

let p: TestPlatform;
let browser: Browser;
let link: Link;
let page: Page;
let broken: string[];

beforeAll(async () => {
  [p, browser] = await Promise.all([testPlatform(), openBrowser()]);
  const { token } = await p.client.workers.register({ name: 'office' });
  link = join({ steps: [new Stamp()], url: p.url, token: token!, onState: () => {} });
  await link.ready;
  ({ page, broken } = await visitor(browser, p.url));
  page.setDefaultTimeout(25_000);
  await page.goto('/admin');
  await page.evaluate(async () => {
    const person = { name: 'Ann', email: 'ann@example.com', password: 'a horse in the library' };
    const headers = { 'content-type': 'application/json' };
    await fetch('/api/v1/setup', { method: 'POST', headers, body: JSON.stringify(person) });
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await link?.close();
  await p?.close();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const panel = () => page.getByRole('complementary', { name: 'Properties' });
const node = (id: string) => page.locator(`.djs-shape[data-element-id="${id}"]`);
const looked = async (name: string): Promise<void> => {
  expect(await accessibilityProblems(page)).toEqual([]);
  await pictures(page, name);
};
const focusCanvas = () => page.focus('[data-testid="canvas"] svg');
/** Append to the selected step, or begin. */
const append = async (words: string): Promise<void> => {
  await focusCanvas();
  await page.keyboard.press('a');
  const menu = page.getByRole('dialog');
  await menu.getByRole('combobox').fill(words);
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
};
const write = async (text: string): Promise<void> => {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
};
/** Save what is drawn; the page of the topology shows the new version. */
const save = async (version: number, how = () => button('Save').click()): Promise<void> => {
  await page.getByText('Ready to publish').waitFor();
  await how();
  await page.waitForURL(new RegExp(`version=${version}`));
  await page.locator('[data-testid="viewer"][data-ready]').waitFor();
};
const publish = async (version: number): Promise<void> => {
  await button('Publish and enable').click();
  await page.getByText(`New messages go to version ${version}.`).waitFor();
};
/** Run from the canvas, and watch the way on it. @returns id of the process */
const run = async (body: string): Promise<string> => {
  await button('Run').click();
  const drawer = page.getByRole('dialog', { name: /^Run / });
  await drawer.getByRole('textbox', { name: 'Input', exact: true }).click();
  await write(body);
  await drawer.getByRole('button', { name: 'Run and follow' }).click();
  await page.waitForURL(/\/processes\/.*tab=canvas/);
  await page.locator('[data-testid="viewer"][data-ready]').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1)!;
};
const completed = () => page.getByRole('heading', { level: 1 }).getByText('completed').waitFor();
/** What came to a node; undefined when nothing did. */
const cameTo = async (processId: string, at: string): Promise<unknown> => {
  const { items } = await p.client.processes.history(processId, { bodies: true });
  const step = items.find((one) => one.node === at);
  return step && JSON.parse(String(step.body));
};

test('R13, R41: a topology is drawn from nothing, published, run from its canvas and seen to finish on it', async () => {
  await page.goto('/admin/topologies?open=new');
  await page.getByRole('textbox', { name: 'Name' }).last().fill('from-nothing');
  await button('Draw it').click();
  await page.getByText('Draw your first step').waitFor();
  await append('start');
  await append('stamp');
  await append('map');
  await panel().getByLabel('Mapping', { exact: true }).waitFor();
  await page.getByText('1 problem before it can be published').waitFor();
  await looked('modelling-editor');
  const mapping = panel().getByLabel('Mapping', { exact: true });
  await mapping.fill('{ "seen": body }');
  // Over what is in colours: the browser would keep them by a style that the policy of the page refuses.
  await mapping.click();
  await write('{ "seen": body.stamps }');
  await mapping.blur();
  await save(1, () => page.keyboard.press('Control+s'));
  expect(await button('Run').isDisabled()).toBe(true);
  await pictures(page, 'modelling-draft');
  await publish(1);
  const process = await run('{"stamps": 2}');
  await completed();
  for (const id of ['start', 'stamp', 'map'])
    await page.locator(`.djs-shape.sl-way[data-element-id="${id}"]`).waitFor();
  await page.locator('.djs-connection.sl-way').nth(1).waitFor();
  await pictures(page, 'modelling-finished');
  const { items } = await p.client.processes.history(process);
  expect(items.map(({ node: at, state }) => [at, state])).toEqual([
    ['stamp', 'done'],
    ['map', 'done'],
  ]);
  expect(broken).toEqual([]);
});

test('a mapping is tried on the last message that came to it, by the evaluator of the platform', async () => {
  await page.goto('/admin/topologies/from-nothing/edit?version=1');
  await node('map').click();
  await panel().getByRole('button', { name: 'Preview of Mapping' }).click();
  await panel().getByText('The last message that reached map').waitFor();
  const result = panel().locator('.sl-preview [data-result]');
  await result.getByText('"seen": 3').waitFor();
  await panel().getByLabel('Mapping', { exact: true }).click();
  await write('$sum([body.stamps, 10])');
  await result.getByText('13').waitFor();
  await looked('modelling-preview');
  await panel().getByLabel('Sample message').fill('{ "body": { "stamps": 1 } }');
  await result.getByText('11').waitFor();
  await panel().getByLabel('Mapping', { exact: true }).click();
  await write('$error("no stamps")');
  await panel().getByText('no stamps', { exact: false }).first().waitFor();
  await panel().getByRole('button', { name: 'Back to the first sample' }).click();
  await panel().getByText('The last message that reached map').waitFor();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.goto('/admin/topologies');
});

test('R13, B19: a drawing of another tool is imported, its tasks get actions of a worker, and it runs', async () => {
  await page.goto('/admin/topologies?open=import');
  await page.locator('input[type="file"]').setInputFiles(FOREIGN);
  await page.getByRole('textbox', { name: 'Name' }).last().fill('foreign');
  await button('Import').last().click();
  await page.getByText('6 things to say before it can be published').waitFor();
  await looked('modelling-imported');
  await button('Complete it in the editor').click();
  await page.getByText('6 problems before it can be published').waitFor();
  for (const task of ['Task 1', 'Task 2', 'Task 3']) {
    await page.locator('.djs-shape').filter({ hasText: task }).first().click();
    await panel().getByText(task).first().waitFor();
    await button(/^Worker and action/).click();
    await page.getByRole('option', { name: /stamp/ }).click();
    await panel().getByText('connected', { exact: true }).waitFor();
  }
  await pictures(page, 'modelling-bound');
  // A draft is saved over; only what is published stays as it is.
  await save(1);
  await publish(1);
  const process = await run('{}');
  await completed();
  await page.locator('.djs-shape.sl-way').nth(3).waitFor();
  const { items } = await p.client.processes.history(process);
  expect(items.filter(({ state }) => state === 'done')).toHaveLength(3);
  // It is still the file of the other tool: its own elements are where they were.
  const out = await p.client.topologies.getBpmn('foreign', 1);
  for (const kept of ['id="_ec59e164-68b4-4f94-98de-ffb1c58a84af"', 'name="Task 1"']) expect(out).toContain(kept);
});

test('V1: a published topology is changed: what waited finishes on its version, what comes runs on the new one', async () => {
  await page.goto('/admin/topologies/ask/edit');
  await append('start');
  await append('user task');
  await append('stamp');
  await save(1);
  await publish(1);
  const waiting = await run('{"by": "old"}');
  await until('the task waits', async () => (await p.client.userTasks.list()).items.length === 1);

  await page.goto('/admin/topologies/ask');
  await page.getByRole('link', { name: 'Edit' }).click();
  await node('stamp').click();
  await append('map');
  await panel().getByLabel('Mapping', { exact: true }).fill('$merge([body, { "version": 2 }])');
  await panel().getByLabel('Mapping', { exact: true }).blur();
  await save(2);
  await page.getByRole('tab', { name: /^Versions/ }).click();
  await button('What changed since v1').click();
  await page.locator('.djs-shape.sl-added[data-element-id="map"]').waitFor();
  expect(await page.locator('.djs-connection.sl-added').count()).toBe(1);
  expect(await page.locator('.djs-shape.sl-removed, .djs-shape.sl-changed').count()).toBe(0);
  await looked('modelling-difference');
  await publish(2);
  const fresh = await run('{"by": "new"}');
  await until('both tasks wait', async () => (await p.client.userTasks.list()).items.length === 2);

  for (const [process, version] of [
    [waiting, 1],
    [fresh, 2],
  ] as const) {
    await page.goto(`/admin/user-tasks?processId=${process}`);
    await page.getByRole('row').filter({ hasText: 'user-task' }).first().press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await page.getByText('The task is accepted.').first().waitFor();
    await page.goto(`/admin/processes/${process}?tab=canvas`);
    await completed();
    await page.getByRole('link', { name: `ask v${version}` }).waitFor();
    await page.locator('[data-testid="viewer"][data-ready]').waitFor();
    expect(await node('map').count()).toBe(version - 1);
  }
  expect(await cameTo(waiting, 'stamp')).toEqual({ by: 'old' });
  expect(await cameTo(waiting, 'map')).toBeUndefined();
  expect(await cameTo(fresh, 'map')).toEqual({ by: 'new', stamps: 1 });
});

const REFUND = {
  type: 'object',
  properties: {
    amount: { type: 'number', title: 'Amount', minimum: 1, maximum: 500 },
    reason: { type: 'string', title: 'Reason', enum: ['damaged', 'late', 'other'] },
    note: { type: 'string', title: 'Note', maxLength: 1_000, pattern: '^[^<]*$' },
    goodwill: { type: 'boolean', title: 'Goodwill' },
    payOn: { type: 'string', title: 'Pay on', format: 'date' },
    account: {
      type: 'object',
      title: 'Account',
      properties: { holder: { type: 'string', title: 'Holder' }, tags: { type: 'array', title: 'Tags' } },
      required: ['holder'],
    },
  },
  required: ['amount', 'reason', 'goodwill', 'account'],
};

test('a user task asks by a form made of its schema, beside its data, and browser and server hold the answer to it', async () => {
  const task = { id: 'decide', kind: 'user-task', settings: { title: 'How much do we give back?', form: REFUND } };
  await deployChain(p, 'refund', task, { id: 'stamp', kind: 'custom', worker: 'office', action: 'stamp' });
  const { processId } = await p.client.run('refund', 'start', { body: '{"order": "A-1", "amount": 70}' });
  await until('the task waits', async () => (await p.client.userTasks.list({ processId })).items.length === 1);
  const { id } = (await p.client.userTasks.list({ processId })).items[0]!;

  await page.goto(`/admin/user-tasks?processId=${processId}`);
  await page.getByRole('row').filter({ hasText: 'How much do we give back?' }).press('Enter');
  const drawer = page.getByRole('dialog');
  const field = (name: string) => drawer.getByRole('textbox', { name, exact: true });
  await drawer.getByText('"order": "A-1"').waitFor();
  expect(await field('Amount').inputValue()).toBe('70');
  await field('Amount').fill('700');
  await drawer.getByRole('button', { name: 'Answer' }).click();
  await drawer.getByText('At most 500 was expected.').waitFor();
  // Of the reason and the holder.
  expect(await drawer.getByText('This is required.').count()).toBe(2);
  await looked('task-form');
  await field('Amount').fill('50');
  await drawer.getByRole('combobox', { name: 'Reason' }).click();
  await page.getByRole('option', { name: 'late' }).click();
  await drawer.getByLabel('Pay on').fill('2026-12-24');
  await field('Holder').fill('Eva');
  // What only the whole schema says comes back from the server, and stands at the same field.
  await field('Note').fill('<b>');
  await drawer.getByRole('button', { name: 'Answer' }).click();
  await drawer.getByText('must match the pattern').waitFor();
  await drawer.getByRole('tab', { name: 'Content' }).click();
  await drawer.getByText('"holder": "Eva"').waitFor();
  await drawer.getByRole('tab', { name: 'Answer' }).click();
  await field('Note').fill('Sorry');
  await drawer.getByRole('button', { name: 'Answer' }).click();
  await page.getByText('The task is accepted, with your changes.').waitFor();
  await until('it is through', async () => (await p.client.processes.get(processId)).status === 'completed');
  expect(await cameTo(processId, 'stamp')).toEqual({
    order: 'A-1',
    amount: 50,
    reason: 'late',
    note: 'Sorry',
    goodwill: false,
    payOn: '2026-12-24',
    account: { holder: 'Eva' },
  });

  await expect(p.client.userTasks.get(id)).rejects.toMatchObject({ code: 'message.unknown' });
});

test('T1: an answer that breaks the form of a task is refused with its places, and the task waits as it was', async () => {
  const { processId } = await p.client.run('refund', 'start', { body: '{"amount": "much"}' });
  await until('the task waits', async () => (await p.client.userTasks.list({ processId })).items.length === 1);
  const { id, ...before } = (await p.client.userTasks.list({ processId })).items[0]!;
  for (const body of [undefined, 'no json', { base64: 'AAEC' }, [], { amount: 1 }, { amount: 1e9, reason: 'x' }]) {
    const refused = await p.client.userTasks.replay(id, body === undefined ? {} : { body }).catch((error) => error);
    expect(refused).toMatchObject({ status: 422, code: 'task.answer_invalid' });
    expect(refused.problems.length).toBeGreaterThan(0);
  }
  const bulk = await p.client.userTasks.replayAll({ processId });
  expect(bulk).toMatchObject({ done: 0, failed: [{ id, code: 'task.answer_invalid' }] });
  expect((await p.client.userTasks.list({ processId })).items).toEqual([{ id, ...before }]);
  expect((await p.client.userTasks.get(id)).task).toEqual({ title: 'How much do we give back?', form: REFUND });

  const nodes = (form: object) => [
    { id: 'start', kind: 'start' },
    { id: 'ask', kind: 'user-task', settings: { form } },
  ];
  for (const form of [
    {},
    { type: 'string' },
    { type: 'object', properties: { a: { $ref: 'https://example.com/schema' } } },
    { type: 'object', properties: { a: { type: 'string', pattern: '(' } } },
  ]) {
    const model = { name: 'bad-form', nodes: nodes(form), connections: [{ from: 'start', to: 'ask' }] };
    const { version, problems } = await p.client.topologies.save(model);
    expect(problems).toMatchObject([{ code: 'node.setting_invalid', path: 'nodes.ask.settings.form' }]);
    await expect(p.client.topologies.publish('bad-form', version)).rejects.toMatchObject({ code: 'topology.invalid' });
  }
});

test('B3: what failed on one version goes on with the next, from trash, from the page of its process and by the command line', async () => {
  const broken = (node: string, expression: string) => ({ id: node, kind: 'map', settings: { expression } });
  await deployChain(p, 'priced', broken('price', '$error("no price")'));
  const started: string[] = [];
  for (const order of [1, 2, 3])
    started.push((await p.client.run('priced', 'start', { body: JSON.stringify({ order }) })).processId);
  const left = async () => (await p.client.trash.list({ topology: 'priced' })).items;
  await until('all are in trash', async () => (await left()).length === 3);
  await deployChain(p, 'priced', broken('price-it', '{ "order": body.order, "price": 9 }'));

  await page.goto(`/admin/trash?processId=${started[0]}`);
  await page.getByRole('row').filter({ hasText: 'no price' }).first().press('Enter');
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('combobox', { name: 'Goes on with' }).click();
  await page.getByRole('option', { name: 'version 2, as a new process' }).click();
  await drawer.getByText('Version 2 has no node “price”').waitFor();
  expect(await drawer.getByRole('button', { name: 'Replay' }).isDisabled()).toBe(true);
  await drawer.getByRole('combobox', { name: 'At the node' }).click();
  await page.getByRole('option', { name: 'price-it' }).click();
  await looked('trash-destination');
  await drawer.getByRole('button', { name: 'Replay' }).click();
  await page.getByText('The message goes on with version 2, as a new process.').waitFor();
  const follower = async (id: string) => (await p.client.processes.list({ replayOf: id })).items[0];
  await until('it is through', async () => (await follower(started[0]!))?.status === 'completed');
  expect(await follower(started[0]!)).toMatchObject({ version: 2 });

  const foreseen = [{ topology: 'priced', version: 1, node: 'price', count: 2, to: null }];
  const all = { topology: 'priced', toVersion: 2 };
  expect(await p.client.trash.replayAll({ ...all, dryRun: true })).toMatchObject({ matched: 2, foreseen });
  expect(await p.client.trash.replayAll(all)).toMatchObject({
    done: 0,
    failed: [{ code: 'topology.node_unknown' }, {}],
  });
  for (const [request, code] of [
    [{ toVersion: 0 }, 'request.invalid'],
    [{ toVersion: '2' }, 'request.invalid'],
    [{ toVersion: 9 }, 'topology.version_unknown'],
  ] as const)
    await expect(p.client.trash.replay((await left())[0]!.id, request as never)).rejects.toMatchObject({ code });
  expect(await left()).toHaveLength(2);

  const sluice = commandLine(p);
  const many = ['trash', 'replay', '--topology', 'priced', '--to-version', '2', '--nodes', 'price=price-it'];
  expect((await sluice(...many, '--dry-run')).out).toContain('2 of priced v1/price → price-it');
  const one = (await left())[0]!.id;
  expect((await sluice('trash', 'replay', one, '--to-version', '2', '--at', 'price-it')).out).toContain(
    'with version 2',
  );
  expect((await sluice(...many)).out).toContain('1 message(s) replayed.');
  expect(await sluice('trash', 'replay', one, '--to-version', 'newest')).toMatchObject({ code: 2 });
  await until('all are through', async () => {
    const ends = await Promise.all(started.map(follower));
    return ends.every((process) => process?.status === 'completed');
  });

  await page.goto(`/admin/processes/${started[2]}`);
  await button('Run again on another version').click();
  await page.getByRole('menuitem', { name: 'On version 2, enabled' }).click();
  await page.getByRole('link', { name: 'priced v2' }).waitFor();
  await completed();
  expect(await p.client.ledger('priced')).toMatchObject({ trash: 0, balanced: true });
});

test('B3: all of trash that match, and all processes that match, go on with another version, and it is seen before', async () => {
  const map = (node: string, expression: string) => ({ id: node, kind: 'map', settings: { expression } });
  await deployChain(p, 'quoted', map('tax', '$error("no rate")'), map('send', 'body'));
  for (const order of [1, 2, 3]) await p.client.run('quoted', 'start', { body: JSON.stringify({ order }) });
  const left = async () => (await p.client.trash.list({ topology: 'quoted' })).items.length;
  await until('all are in trash', async () => (await left()) === 3);
  await deployChain(p, 'quoted', map('vat', '{ "order": body.order, "vat": 21 }'), map('send', 'body'));
  const ran = async () =>
    (await p.client.processes.list({ topology: 'quoted', status: 'completed' })).items.filter(
      (one) => one.version === 2,
    );

  await page.goto('/admin/trash?topology=quoted');
  await button('Replay all that match').click();
  const dialog = page.getByRole('dialog', { name: 'Replay 3 messages' });
  await dialog.getByRole('button', { name: 'Replay 3', exact: true }).waitFor();
  await dialog.getByRole('combobox', { name: 'Version' }).click();
  await page.getByRole('option', { name: 'Version 2, enabled: as new processes' }).click();
  const change = dialog.getByRole('table', { name: 'What would change' });
  await change.getByPlaceholder('There is no “tax”: they stay').waitFor();
  expect(await dialog.getByRole('button', { name: 'Replay 0' }).isDisabled()).toBe(true);
  await change.getByRole('combobox', { name: 'Node for tax of version 1' }).click();
  await page.getByRole('option', { name: 'vat' }).click();
  await dialog.getByRole('button', { name: 'Replay 3', exact: true }).waitFor();
  // Nothing has been done yet.
  expect([await left(), (await ran()).length]).toEqual([3, 0]);
  await looked('trash-retarget');
  await dialog.getByRole('button', { name: 'Replay 3', exact: true }).click();
  await dialog.getByText('3 of 3 replayed').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await until('all are through on the other version', async () => (await ran()).length === 3);
  expect(await left()).toBe(0);

  const first = (await p.client.processes.list({ topology: 'quoted' })).items.filter(({ version }) => version === 1);
  await page.goto('/admin/processes?topology=quoted');
  await page.getByRole('row').nth(1).waitFor();
  await button('All that match').click();
  await page.getByRole('menuitem', { name: 'Run again …' }).click();
  const again = page.getByRole('dialog', { name: /^Run again / });
  await again.getByRole('combobox', { name: 'Version' }).click();
  await page.getByRole('option', { name: 'Version 1, disabled: as new processes' }).click();
  await again.getByRole('cell', { name: 'start v1' }).waitFor();
  // Those that went on began at a node that the other version does not have.
  await again.getByText('There is no “vat”: they stay as they are').waitFor();
  await looked('processes-retarget');
  await again.getByRole('button', { name: 'Run again 3', exact: true }).click();
  await again.getByText('3 of 6 started again, 3 refused').waitFor();
  await until('all have failed there again', async () => (await left()) === 3);
  const now = (await p.client.processes.list({ topology: 'quoted' })).items.filter(({ version }) => version === 1);
  expect(now.length - first.length).toBe(3);
  await p.client.trash.discardAll({ topology: 'quoted' });
  expect(await p.client.ledger('quoted')).toMatchObject({ trash: 0, balanced: true });
});

test('nothing broke on any of these pages', () => {
  expect(broken).toEqual([]);
});
