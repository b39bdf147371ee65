import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine } from './testing/command-line.ts';
import { type TestPlatform, testPlatform, until } from './testing/platform.ts';

const SUITE = fileURLToPath(new URL('../../../packages/topology/fixtures/bpmn/', import.meta.url));
const ORDER = `<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:acme="https://acme.example/bpmn" id="d" targetNamespace="https://acme.example">
  <process id="order" isExecutable="true">
    <documentation>Orders of the shop</documentation>
    <startEvent id="received" name="Order received"><outgoing>f1</outgoing></startEvent>
    <exclusiveGateway id="large" name="Large?" default="f3"><incoming>f1</incoming></exclusiveGateway>
    <scriptTask id="double" scriptFormat="jsonata" acme:cost="7"><script>{"total": body.total * 2}</script></scriptTask>
    <endEvent id="answer"><extensionElements><s:node xmlns:s="https://sluice.dev/schema/bpmn/1.0" kind="respond"/></extensionElements></endEvent>
    <sequenceFlow id="f1" sourceRef="received" targetRef="large"/>
    <sequenceFlow id="f2" sourceRef="large" targetRef="double"><conditionExpression>body.total > 100</conditionExpression></sequenceFlow>
    <sequenceFlow id="f3" sourceRef="large" targetRef="answer"/>
    <sequenceFlow id="f4" sourceRef="double" targetRef="answer"/>
    <textAnnotation id="note"><text>ask Eva</text></textAnnotation>
  </process>
</definitions>
`;

describe('BPMN over the API', () => {
  let p: TestPlatform;
  let sluice: CommandLine;
  beforeAll(async () => {
    p = await testPlatform();
    sluice = commandLine(p);
  });
  afterAll(() => p.close());

  const post = (
    body: NonNullable<RequestInit['body']>,
    query = '',
    contentType = 'application/xml',
  ): Promise<Response> =>
    p.fetch(`/api/v1/topologies${query}`, { method: 'POST', headers: { 'content-type': contentType }, body });
  const run = async (topology: string, total: number): Promise<unknown> => {
    const response = await p.fetch(`/run/${topology}/received?wait=20s`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ total }),
    });
    return response.json();
  };

  test('B6: a drawn process is imported, published and run, and goes out with all it came with', async () => {
    const saved = await post(ORDER);
    expect(saved.status).toBe(201);
    expect(await saved.json()).toEqual({ name: 'order', version: 1, problems: [] });
    await p.client.topologies.publish('order', 1);
    await p.client.topologies.enable('order', 1);
    // The first expression waits for its thread as well, on a busy machine longer than an expression may take.
    await until('expressions are ready', async () => !('code' in ((await run('order', 1)) as object)));
    expect(await run('order', 50)).toEqual({ total: 50 });
    expect(await run('order', 500)).toEqual({ total: 1_000 });

    const answer = await p.fetch('/api/v1/topologies/order?format=bpmn');
    expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    const xml = await answer.text();
    for (const kept of ['<!-- drawn by hand -->', 'acme:cost="7"', '<text>ask Eva</text>', '<endEvent id="answer">'])
      expect(xml).toContain(kept);
    expect(xml).toContain('BPMNShape');
    expect(await (await post(xml, '?name=order-again')).json()).toMatchObject({ name: 'order-again', problems: [] });
  });

  test('B6: an edit of the model shows in the drawing, and nothing else of it changes', async () => {
    const { version: _, state: __, ...model } = await p.client.topologies.get('order');
    const nodes = (model.nodes as { id: string; settings?: object }[]).map((node) =>
      node.id === 'double' ? { ...node, settings: { expression: '{"total": body.total * 3}' } } : node,
    );
    const { version } = await p.client.topologies.save({ ...model, nodes });
    const [before, after] = await Promise.all([1, version].map((v) => p.client.topologies.getBpmn('order', v)));
    expect(after!.split('\n').filter((line) => !before!.includes(line))).toEqual([
      expect.stringContaining('<script>{"total": body.total * 3}</script>'),
    ]);
  });

  test.each(readdirSync(SUITE).filter((file) => file.endsWith('.bpmn')))(
    'B19: %s is stored, publishing names what cannot run, and nothing of it is lost',
    async (file) => {
      const bytes = readFileSync(join(SUITE, file));
      const name = file.replace('.bpmn', '');
      const { version } = await p.client.topologies.saveBpmn(bytes, { name });
      const refused = await p.client.topologies.publish(name, version).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'topology.invalid', status: 422 });
      for (const problem of (refused as { problems: { message: string }[] }).problems)
        expect(problem.message).toMatch(/"[^"]+"|No node/);
      // The name is ours; everything else is the file.
      const out = (await p.client.topologies.getBpmn(name, version)).split('\n');
      const lines = bytes.toString('utf8').replace('ISO-8859-1', 'UTF-8').split('\n');
      expect(lines.filter((line) => !out.includes(line)).length).toBeLessThanOrEqual(2);
    },
  );

  test('bad documents are refused with a code, and other routes read no XML', async () => {
    const code = async (response: Response): Promise<[number, string]> => [
      response.status,
      ((await response.json()) as { code: string }).code,
    ];
    expect(await code(await post('<x'))).toEqual([400, 'bpmn.malformed']);
    expect(await code(await post('<x/>'))).toEqual([400, 'bpmn.not_bpmn']);
    expect(await code(await post('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'))).toEqual([400, 'bpmn.doctype']);
    expect(await code(await post('x'.repeat(9_000_000)))).toEqual([413, 'bpmn.too_large']);
    expect(await code(await post(Buffer.from([0x3c, 0xff]), '', 'text/xml; charset=utf-8'))).toEqual([
      400,
      'bpmn.encoding',
    ]);
    expect(await code(await post(ORDER, '?worker=nonsense'))).toEqual([400, 'request.invalid']);
    expect(await code(await post(ORDER, '?name=..%2Fetc'))).toEqual([422, 'bpmn.beyond_model']);
    const elsewhere = { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<x/>' };
    expect(await code(await p.fetch('/api/v1/workers', elsewhere))).toEqual([415, 'request.unsupported_media']);
  });

  test('the command line imports and exports, with workers called as they are here', async () => {
    const drawing = join(p.directory, 'drawing.bpmn');
    writeFileSync(drawing, ORDER);
    expect((await sluice('topology', 'import', drawing, '--name', 'by-hand', '--enable')).out).toContain(
      'v1 is enabled',
    );
    const out = join(p.directory, 'out.bpmn');
    expect(await sluice('topology', 'export', 'by-hand', '--format', 'bpmn', '--out', out)).toMatchObject({
      code: 0,
    });
    expect(readFileSync(out, 'utf8')).toContain('acme:cost="7"');
    expect(JSON.parse((await sluice('topology', 'export', 'by-hand')).out)).toMatchObject({ name: 'by-hand' });

    const old = join(p.directory, 'nightly.tplg.json');
    writeFileSync(
      old,
      JSON.stringify({
        nodes: [
          { type: 'flow', id: 'a', shape: 'circle', label: 'Event', name: 'begin', position: { x: 0, y: 0 } },
          {
            type: 'flow',
            id: 'b',
            shape: 'square',
            action: { name: 'clean', worker: 'old', type: 'custom' },
            position: { x: 200, y: 0 },
          },
        ],
        connections: [{ from: 'a', to: 'b' }],
      }),
    );
    expect(await sluice('topology', 'import', old, '--worker', 'old=jobs', '--publish')).toMatchObject({ code: 0 });
    expect(await p.client.topologies.get('nightly')).toMatchObject({
      nodes: [{}, { worker: 'jobs', action: 'clean' }],
    });
    expect(await sluice('topology', 'import', old, '--worker', 'jobs')).toMatchObject({ code: 2 });
    expect(await sluice('topology', 'export', 'nightly', '--format', 'svg')).toMatchObject({ code: 2 });
  }, 120_000);
});
