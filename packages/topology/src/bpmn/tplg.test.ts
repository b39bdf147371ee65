import { describe, expect, test } from 'vitest';
import { fromBpmn, sameMeaning, toBpmn } from '../bpmn.ts';
import { fromTplg, isTplg } from '../tplg.ts';

const file = {
  nodes: [
    {
      type: 'flow',
      id: 'e',
      shape: 'circle',
      label: 'Event',
      name: 'begin',
      property: null,
      action: null,
      position: { x: 60, y: 80 },
    },
    {
      type: 'flow',
      id: 'w',
      shape: 'circle',
      label: 'Webhook',
      name: null,
      property: null,
      position: { x: 60, y: 200 },
      action: { name: 'shop.paid', worker: 'old', type: 'webhook', app: 'shop', event: 'paid' },
    },
    {
      type: 'flow',
      id: 'l',
      shape: 'square',
      label: 'Batch',
      name: null,
      property: null,
      position: { x: 300, y: 80 },
      action: { name: 'list-orders', worker: 'old', type: 'batch', app: 'shop' },
    },
    {
      type: 'flow',
      id: 'b',
      shape: 'hexagon',
      label: 'Breakpoint',
      name: 'approve',
      property: null,
      action: null,
      position: { x: 500, y: 80 },
    },
    {
      type: 'flow',
      id: 'z',
      shape: 'circle',
      label: 'End Event',
      name: null,
      property: null,
      action: null,
      position: { x: 700, y: 80 },
    },
    { type: 'annotation', id: 'n', noteId: '1', text: 'ask Eva', width: 10, height: 10, position: { x: 0, y: 0 } },
  ],
  connections: [
    { id: '1', from: 'e', to: 'l', sourceOutput: 'output', targetInput: 'input' },
    { id: '2', from: 'w', to: 'l', sourceOutput: 'output', targetInput: 'input' },
    { id: '3', from: 'l', to: 'b', sourceOutput: 'output', targetInput: 'input' },
    { id: '4', from: 'b', to: 'z', sourceOutput: 'output', targetInput: 'input' },
  ],
};

describe('files of existing systems', () => {
  test('NAME.tplg.json becomes a model that can run, with workers called as they are here', () => {
    const { model, problems } = fromTplg(file, { name: 'orders', workers: { old: 'new' } });
    expect(problems).toEqual([]);
    expect(model).toMatchObject({
      name: 'orders',
      nodes: [
        { id: 'e', kind: 'start', name: 'begin' },
        { id: 'w', kind: 'webhook', name: 'shop.paid', settings: { application: 'shop', event: 'paid' } },
        {
          id: 'l',
          kind: 'batch',
          worker: 'new',
          action: 'list-orders',
          application: 'shop',
          settings: { prefetch: 1 },
        },
        { id: 'b', kind: 'user-task', name: 'approve' },
      ],
      connections: [
        { from: 'e', to: 'l' },
        { from: 'w', to: 'l' },
        { from: 'l', to: 'b' },
      ],
      layout: { notes: [{ text: 'ask Eva' }] },
    });
  });

  test('its boxes stay where they were in BPMN, its notes are not lost', () => {
    const { model } = fromTplg(file, { name: 'orders' });
    const xml = toBpmn(model);
    expect(xml).toContain('bpmnElement="l">\n        <dc:Bounds x="216" y="48" width="168" height="64"/>');
    const read = fromBpmn(xml).model;
    expect(sameMeaning(read, model)).toBe(true);
    expect(read.layout).toMatchObject({ notes: [{ text: 'ask Eva' }] });
  });

  test.each([
    null,
    [],
    {},
    { nodes: 1 },
    { nodes: [{ type: 'flow' }] },
    { nodes: [{ type: 'flow', id: 'a', shape: 'star' }] },
  ])('what is no such file is refused: %j', (raw) =>
    expect(() => fromTplg(raw, { name: 'x' })).toThrow(expect.objectContaining({ code: 'tplg.invalid' })),
  );

  test('a model of ours is no such file', () => {
    expect(isTplg(file)).toBe(true);
    expect(isTplg({ name: 'x', nodes: [{ id: 'a', kind: 'start' }] })).toBe(false);
    for (const raw of [null, 1, [], {}, { nodes: [null] }]) expect(isTplg(raw)).toBe(false);
  });

  test('NAME.tplg is BPMN with attributes of its own, which are understood and kept', () => {
    const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:pipes="http://www.omg.org/spec/Pipes/20100524/MODEL">
  <bpmn:process id="nightly">
    <bpmn:event id="e1" name="every-night" pipes:pipesType="cron" pipes:cronTime="0 2 * * *" pipes:cronParams="full=1"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:event>
    <bpmn:task id="t1" name="clean" pipes:pipesType="custom" pipes:sdkHost="worker:8080" pipes:sdkHostName="worker" pipes:repeaterEnabled="true" pipes:repeaterHops="5" pipes:repeaterInterval="30" pipes:timeout="90"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:task>
    <bpmn:task id="t2" name="report" pipes:pipesType="connector" pipes:sdkHost="worker:8080" pipes:sdkHostName="worker" pipes:appName="mail" pipes:rabbitPrefetch="4"><bpmn:incoming>f2</bpmn:incoming></bpmn:task>
    <bpmn:sequenceFlow id="f1" sourceRef="e1" targetRef="t1"/>
    <bpmn:sequenceFlow id="f2" sourceRef="t1" targetRef="t2"/>
  </bpmn:process>
</bpmn:definitions>`;
    const { model, problems } = fromBpmn(xml, { workers: { worker: 'jobs' } });
    expect(problems).toEqual([]);
    expect(model).toMatchObject({
      name: 'nightly',
      nodes: [
        { id: 'e1', kind: 'cron', name: 'every-night', settings: { cron: '0 2 * * *', body: { full: '1' } } },
        {
          id: 't1',
          kind: 'custom',
          worker: 'jobs',
          action: 'clean',
          settings: { prefetch: 1, timeoutMs: 90_000, repeat: { attempts: 5, delayMs: 30_000, factor: 1 } },
        },
        {
          id: 't2',
          kind: 'connector',
          worker: 'jobs',
          action: 'report',
          application: 'mail',
          settings: { prefetch: 4 },
        },
      ],
    });
    const out = toBpmn(model);
    expect(out).toContain('pipes:repeaterHops="5"');
    expect(sameMeaning(fromBpmn(out).model, model)).toBe(true);
  });
});
