import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TopologyModel, TopologySchema, toTypeScript } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { readTypeScript } from './read.ts';

const golden = fileURLToPath(new URL('../../../../topologies/golden/', import.meta.url));
const examples = readdirSync(golden, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const withNodes = (body: string): string =>
  `import { map, start, topology } from '@sluice/topology/builder';\n\nexport default topology('t', {\n  nodes: { in: start(), a: ${body} },\n  connections: [['in', 'a']],\n});\n`;

describe('TypeScript is read without being run', () => {
  test.each(examples)('what is printed of %s is read as the same model, and printed again as the same text', (name) => {
    const model = TopologySchema.parse(JSON.parse(readFileSync(`${golden}${name}/topology.json`, 'utf8')));
    const { layout: _, ...meaning } = model;
    const text = toTypeScript(model);
    const read = readTypeScript(text);
    expect(read.problems).toEqual([]);
    expect(read.model).toEqual(meaning);
    expect(toTypeScript(read.model!)).toBe(text);
  });

  test('values that are hard to write come back as they were', () => {
    const model: TopologyModel = {
      name: 'hard',
      nodes: [
        { id: 'in', kind: 'start', owner: 'sales' },
        {
          id: 'two words',
          kind: 'map',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what it is about
          name: 'quotes \' and " and ` and ${x}',
          settings: {
            expression: '{\n  "a": `b c`,\t\n  "d": "\\n"\n}\n',
            odd: [-1.5, 1e21, null, { __proto__x: true }],
          },
        },
        { id: '7', kind: 'filter', settings: { condition: 'a \u2028 b \u{1f600} </script>' } },
      ],
      connections: [{ from: 'in', to: 'two words', when: "body.x = 'y'", weight: 3 }],
    };
    const read = readTypeScript(toTypeScript(model));
    expect(read.problems).toEqual([]);
    expect({ ...read.model, nodes: [...read.model!.nodes].sort((a, b) => (a.id < b.id ? -1 : 1)) }).toEqual({
      ...model,
      nodes: [...model.nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
    });
  });

  test('it says where each node and connection stands', () => {
    const text = withNodes("map({ settings: { expression: 'body' } })");
    const { nodes, connections } = readTypeScript(text);
    const at = ({ from, to }: { from: number; to: number }): string => text.slice(from, to);
    expect(at(nodes.get('a')!)).toBe("a: map({ settings: { expression: 'body' } })");
    expect(connections.map(at)).toEqual(["['in', 'a']"]);
  });

  test.each([
    ['a call of anything else', "fetch('https://evil.example')", 'no "fetch"'],
    ['a value that is computed', 'map({ name: globalThis.name })', 'Code is not run'],
    ['a function', 'map({ name: (() => alert(1))() })', 'Code is not run'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what it is about
    ['a text with a computed part', 'map({ name: `${document.cookie}` })', 'computed'],
    ['what is spread in from elsewhere', 'map({ ...window })', 'builder is expected'],
    ['a shorthand', 'map({ name })', '`name: value`'],
    ['a method', 'map({ name() { return 1 } })', '`name: value`'],
    ['a value of a wrong shape', 'map({ settings: { prefetch: "many" } })', 'prefetch'],
    ['text that is not finished', 'map({', 'not complete'],
  ])('%s is refused, with its place', (_, body, words) => {
    const { model, problems } = readTypeScript(withNodes(body));
    expect(model).toBeNull();
    expect(problems[0]!.message).toContain(words);
    expect(problems[0]!.to).toBeGreaterThan(problems[0]!.from);
  });

  test.each([
    ['nothing', ''],
    [
      'a statement besides',
      "import x from 'x';\nconsole.log(1);\nexport default topology('t', { nodes: {}, connections: [] });",
    ],
    [
      'two topologies',
      "export default topology('t', { nodes: {}, connections: [] });\nexport default topology('u', { nodes: {}, connections: [] });",
    ],
    ['brackets without end', `export default ${'['.repeat(50_000)}`],
    ['deep nesting', withNodes(`map({ settings: { body: ${'['.repeat(500)}${']'.repeat(500)} } })`)],
  ])('%s is refused and harms nothing', (_, text) => {
    const { model, problems } = readTypeScript(text);
    expect(model).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  });

  test('a member called __proto__ is a member', () => {
    const { model } = readTypeScript(withNodes("map({ settings: { ['__proto__']: 1 } })"));
    const settings = model?.nodes[1]?.settings;
    if (settings) expect(Object.getPrototypeOf(settings)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
