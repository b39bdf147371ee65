import { describe, expect, test } from 'vitest';
import { fromBpmn, sameMeaning, toBpmn } from '../bpmn.ts';
import type { TopologyModel } from '../index.ts';

const read = (inside: string, outside = ''): { model: TopologyModel; messages: string[] } => {
  const { model, problems } = fromBpmn(
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="p">${inside}</process>${outside}</definitions>`,
  );
  return { model, messages: problems.map(({ message }) => message) };
};
const flow = (from: string, to: string, rest = ''): string =>
  `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${rest}</sequenceFlow>`;
const condition = (text: string): string => `<conditionExpression>${text}</conditionExpression>`;
const nodes = (inside: string, outside = ''): unknown => read(inside, outside).model.nodes;
const connections = (inside: string, outside = ''): unknown => read(inside, outside).model.connections;

describe('what an element means', () => {
  test.each<[string, string, object]>([
    ['start event', '<startEvent id="a"/>', { kind: 'start' }],
    ['message start', '<startEvent id="a"><messageEventDefinition/></startEvent>', { kind: 'webhook' }],
    [
      'timer start',
      '<startEvent id="a"><timerEventDefinition><timeCycle>*/5 * * * *</timeCycle></timerEventDefinition></startEvent>',
      { kind: 'cron', settings: { cron: '*/5 * * * *' } },
    ],
    ['service task', '<serviceTask id="a"/>', { kind: 'connector' }],
    ['send task', '<sendTask id="a"/>', { kind: 'connector' }],
    ['task', '<task id="a" name="Do&#10;it"/>', { kind: 'custom', name: 'Do it' }],
    ['business rule task', '<businessRuleTask id="a"/>', { kind: 'custom' }],
    ['user task', '<userTask id="a"/>', { kind: 'user-task' }],
    ['manual task', '<manualTask id="a"/>', { kind: 'user-task' }],
    [
      'script in our language',
      '<scriptTask id="a" scriptFormat="jsonata"><script>body.x</script></scriptTask>',
      { kind: 'map', settings: { expression: 'body.x' } },
    ],
    [
      'call activity',
      '<callActivity id="a" calledElement="other"/>',
      { kind: 'call', settings: { topology: 'other' } },
    ],
    ['exclusive gateway', '<exclusiveGateway id="a"/>', { kind: 'router' }],
    ['inclusive gateway', '<inclusiveGateway id="a"/>', { kind: 'router', settings: { mode: 'all' } }],
    [
      'timer in the middle',
      '<intermediateCatchEvent id="a"><timerEventDefinition><timeDuration>P1DT2H30M</timeDuration></timerEventDefinition></intermediateCatchEvent>',
      { kind: 'delay', settings: { delayMs: 95_400_000 } },
    ],
    [
      'timer until a date',
      '<intermediateCatchEvent id="a"><timerEventDefinition><timeDate>2030-01-01T00:00:00Z</timeDate></timerEventDefinition></intermediateCatchEvent>',
      { kind: 'delay', settings: { until: '"2030-01-01T00:00:00Z"' } },
    ],
    [
      'end that answers',
      '<endEvent id="a"><extensionElements><s:node xmlns:s="https://sluice.dev/schema/bpmn/1.0" kind="respond"/></extensionElements></endEvent>',
      { kind: 'respond' },
    ],
  ])('%s', (_, element, expected) => {
    expect(nodes(element)).toEqual([{ id: 'a', ...expected }]);
  });

  test('signals and messages travel on topics of their names', () => {
    const thrown = '<intermediateThrowEvent id="a"><signalEventDefinition signalRef="s"/></intermediateThrowEvent>';
    const caught = '<startEvent id="b"><signalEventDefinition signalRef="s"/></startEvent>';
    const sent = '<endEvent id="c"><messageEventDefinition messageRef="m"/></endEvent>';
    expect(nodes(thrown + caught + sent, '<signal id="s" name="paid"/><message id="m" name="done"/>')).toEqual([
      { id: 'a', kind: 'topic', settings: { topic: 'paid' } },
      { id: 'b', kind: 'topic', settings: { topic: 'paid' } },
      { id: 'c', kind: 'topic', settings: { topic: 'done' } },
    ]);
  });

  test('a parallel gateway splits to all, and joins what it split', () => {
    const { model } = read(
      `<parallelGateway id="fork"/><task id="a"/><task id="b"/><parallelGateway id="join"/><task id="c"/>${flow('fork', 'a')}${flow('fork', 'b')}${flow('a', 'join')}${flow('b', 'join')}${flow('join', 'c')}`,
    );
    expect(model.nodes).toContainEqual({ id: 'fork', kind: 'router', settings: { mode: 'all' } });
    expect(model.nodes).toContainEqual({ id: 'join', kind: 'collect', settings: { count: 2 } });
    expect(model.connections).toContainEqual({ from: 'fork', to: 'a', when: 'true' });
    expect(model.connections).toContainEqual({ from: 'join', to: 'c' });
  });

  test('conditions hold, the default flow has none, and an end behind a decision lets nothing pass', () => {
    const inside = `<exclusiveGateway id="g" default="g-b"/><task id="a"/><task id="b"/><endEvent id="z"/>${flow('g', 'a', condition('body.x'))}${flow('g', 'b', condition('ignored'))}${flow('g', 'z', condition('body.y'))}`;
    expect(connections(inside)).toEqual([
      { from: 'g', to: 'a', when: 'body.x' },
      { from: 'g', to: 'b' },
      { from: 'g', to: 'z', when: 'body.y' },
    ]);
    expect(nodes(inside)).toContainEqual({ id: 'z', kind: 'filter', settings: { condition: 'false' } });
    expect(nodes(`<task id="a"/><endEvent id="z"/>${flow('a', 'z')}`)).toEqual([{ id: 'a', kind: 'custom' }]);
  });

  test('boundary events are ways to leave a step', () => {
    const event = (id: string, definition: string): string =>
      `<boundaryEvent id="${id}" attachedToRef="a">${definition}</boundaryEvent>`;
    expect(
      connections(
        `<task id="a"/><task id="b"/>${event('e', '<errorEventDefinition errorRef="x"/>')}${event('t', '<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>')}${event('c', '<compensateEventDefinition/>')}${flow('e', 'b')}${flow('t', 'b')}<association id="u" sourceRef="c" targetRef="b"/>`,
        '<error id="x" errorCode="E1"/>',
      ),
    ).toEqual([
      { from: 'a', to: 'b', on: 'error', codes: ['E1'] },
      { from: 'a', to: 'b', on: 'timer', afterMs: 7_200_000 },
      { from: 'a', to: 'b', on: 'compensation' },
    ]);
  });

  test('a step for each of many items is split, step, collect; taken apart, it is drawn so', () => {
    const { model } = read(
      `<startEvent id="s"/><task id="a"><multiInstanceLoopCharacteristics isSequential="true"/></task><task id="b"/>${flow('s', 'a')}${flow('a', 'b')}`,
    );
    expect(model.nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['s', 'start'],
      ['a.split', 'split'],
      ['a', 'custom'],
      ['a.collect', 'collect'],
      ['b', 'custom'],
    ]);
    expect(model.nodes[2]!.settings).toEqual({ prefetch: 1 });
    expect(model.connections).toEqual([
      { from: 's', to: 'a.split' },
      { from: 'a.collect', to: 'b' },
      { from: 'a.split', to: 'a' },
      { from: 'a', to: 'a.collect' },
    ]);
    const tuned = {
      ...model,
      nodes: model.nodes.map((node) =>
        node.kind === 'split' ? { ...node, settings: { expression: 'body.items' } } : node,
      ),
    };
    const whole = toBpmn(tuned);
    expect(whole).toContain('multiInstanceLoopCharacteristics');
    expect(sameMeaning(fromBpmn(whole).model, tuned)).toBe(true);
    const apart = {
      ...tuned,
      nodes: tuned.nodes.filter(({ id }) => id !== 'a.collect'),
      connections: [
        { from: 's', to: 'a.split' },
        { from: 'a.split', to: 'a' },
        { from: 'a', to: 'b' },
      ],
    };
    const leaves = {
      ...tuned,
      connections: [...tuned.connections, { from: 'a.split', to: 'b', on: 'error' as const }],
    };
    expect(sameMeaning(fromBpmn(toBpmn(leaves)).model, leaves)).toBe(true);
    const drawn = toBpmn(apart);
    expect(drawn).not.toContain('multiInstanceLoopCharacteristics');
    expect(sameMeaning(fromBpmn(drawn).model, apart)).toBe(true);
  });

  test.each([
    [
      'a script',
      '<scriptTask id="a" scriptFormat="groovy"><script>x</script></scriptTask>',
      'script of another engine',
    ],
    [
      'a repetition',
      '<startEvent id="a"><timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition></startEvent>',
      'R/PT1H',
    ],
    [
      'a month',
      '<intermediateCatchEvent id="a"><timerEventDefinition><timeDuration>P1M</timeDuration></timerEventDefinition></intermediateCatchEvent>',
      'P1M',
    ],
    ['a sub-process', '<subProcess id="a"><task id="b"/></subProcess>', 'call activity'],
    ['a receive task', '<receiveTask id="a"/>', 'waiting for a message'],
    ['a terminating end', '<endEvent id="a"><terminateEventDefinition/></endEvent>', '"terminate"'],
    ['a loop', '<task id="a"><standardLoopCharacteristics/></task>', 'loop marker'],
    [
      'a timer that does not interrupt',
      '<task id="t"/><boundaryEvent id="a" attachedToRef="t" cancelActivity="false"><timerEventDefinition/></boundaryEvent>',
      'does not interrupt',
    ],
  ])('%s is kept, and named with its element and the reason', (_, element, reason) => {
    const { model, messages } = read(element);
    expect(model.nodes).toContainEqual(
      expect.objectContaining({ id: 'a', notRunnable: expect.stringContaining(reason) }),
    );
    expect(messages).toContainEqual(expect.stringMatching(/^Node "a" cannot run: /));
  });

  test('whoever replaces what cannot run has answered the problem, and the drawing follows', () => {
    const { model } = read(
      `<startEvent id="s"/><scriptTask id="a" name="Sum" scriptFormat="groovy"><documentation>adds up</documentation><script>x</script></scriptTask>${flow('s', 'a')}`,
    );
    const mended: TopologyModel = {
      ...model,
      nodes: [model.nodes[0]!, { id: 'a', kind: 'connector', name: 'Sum', worker: 'w', action: 'sum' }],
    };
    const xml = toBpmn(mended);
    expect(xml).toMatch(/<serviceTask id="a" name="Sum"><documentation>adds up<\/documentation>/);
    expect(xml).not.toContain('<script>');
    const { model: read2, problems } = fromBpmn(xml);
    expect(problems).toEqual([]);
    expect(sameMeaning(read2, mended)).toBe(true);
  });

  test('who renames an element in another tool means it', () => {
    const model: TopologyModel = { name: 't', nodes: [{ id: 'a', kind: 'map', name: 'two\nlines' }], connections: [] };
    const xml = toBpmn(model);
    expect(fromBpmn(xml).model.nodes[0]!.name).toBe('two\nlines');
    expect(fromBpmn(xml.replace('two&#10;lines', 'three')).model.nodes[0]!.name).toBe('three');
  });
});

describe('what is not ours', () => {
  const prefixes = `<b:definitions xmlns:b='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:sluice='https://acme.example' id="d">
\t<!-- one --><?acme keep?>
\t<b:process id='p'   name = "Über">
\t\t<sluice:thing at='1'/>
\t\t<b:laneSet id="l"><b:lane id="l1"><b:flowNodeRef>s</b:flowNodeRef><b:flowNodeRef>a</b:flowNodeRef></b:lane></b:laneSet>
\t\t<b:startEvent id="s"/>
\t\t<b:task id="a" sluice:x="y"><![CDATA[ odd ]]></b:task >
\t\t<b:task id="gone"/>
\t\t<b:sequenceFlow id="f" sourceRef="s" targetRef="a"/>
\t\t<b:sequenceFlow id="g" sourceRef="a" targetRef="gone"/>
\t\t<b:textAnnotation id="n"><b:text>note</b:text></b:textAnnotation>
\t\t<b:association id="an" sourceRef="n" targetRef="gone"/>
\t</b:process>
</b:definitions>
<!-- two -->`;

  test('goes out character by character, in the style of the document', () => {
    const { model } = fromBpmn(prefixes);
    expect(toBpmn(model, { layout: false })).toBe(prefixes);
    const edited: TopologyModel = {
      ...model,
      nodes: [
        ...model.nodes.filter(({ id }) => id !== 'gone'),
        { id: 'new', kind: 'delay', settings: { delayMs: 1_500 } },
      ],
      connections: [
        { from: 's', to: 'a' },
        { from: 'a', to: 'new' },
      ],
    };
    const xml = toBpmn(edited, { layout: false });
    expect(sameMeaning(fromBpmn(xml).model, edited)).toBe(true);
    // Everything that refers to what went is gone, all else stands as it stood.
    const kept = prefixes.split('\n').filter((line) => !line.includes('gone') && !line.startsWith('<b:def'));
    for (const line of kept.filter((line) => !line.includes('id="a"'))) expect(xml.split('\n')).toContain(line);
    expect(xml).not.toContain('gone');
    expect(xml).toContain('\t\t<b:intermediateCatchEvent id="new">\n');
    // The prefix "sluice" is taken by somebody else.
    expect(xml).toContain('xmlns:sluice1="https://sluice.dev/schema/bpmn/1.0"');
    expect(xml).toContain('PT1.500S');
  });

  test('coordinates stay; what is new stands beside what leads to it and on nothing else', () => {
    const model: TopologyModel = {
      name: 't',
      nodes: [
        { id: 's', kind: 'start' },
        { id: 'a', kind: 'map' },
      ],
      connections: [{ from: 's', to: 'a' }],
    };
    const drawn = toBpmn(model).replace(/x="\d+" y="\d+" width="168"/, 'x="777" y="333" width="168"');
    const { model: read } = fromBpmn(drawn);
    const xml = toBpmn({
      ...read,
      nodes: [...read.nodes, { id: 'b', kind: 'map' }, { id: 'c', kind: 'map' }],
      connections: [...read.connections, { from: 'a', to: 'b' }, { from: 'a', to: 'c' }],
    });
    const boxes = [...xml.matchAll(/<dc:Bounds x="(\d+)" y="(\d+)" width="168"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(boxes[0]).toEqual([777, 333]);
    expect(boxes).toHaveLength(3);
    expect(new Set(boxes.map(String)).size).toBe(3);
    for (const [x] of boxes.slice(1)) expect(x).toBeGreaterThan(777 + 100);
  });
});
