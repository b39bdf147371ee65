import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonical } from '../compare/value.ts';
import { parseModel, type TopologyModel, toTypeScript } from '../index.ts';
import { SettingsSchema } from '../model/schema.ts';
import { arbitraryTopology } from '../testing/arbitrary.ts';
import { FUNCTION_OF, SETTINGS_OF } from './fields.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const withoutLayout = ({ layout: _, ...model }: TopologyModel): TopologyModel => model;

/** A folder in which the builder is installed, as it is for somebody who uses it. */
function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-text-'));
  mkdirSync(join(directory, 'node_modules', '@sluice'), { recursive: true });
  symlinkSync(PACKAGE, join(directory, 'node_modules', '@sluice', 'topology'), 'junction');
  return directory;
}

/**
 * What the texts are as modules, loaded by a Node of their own. Printed text has no types in it, so it is JavaScript too.
 * Many go into one file, under one import: ten thousand files would take longer to open than to read.
 */
function load(directory: string, texts: readonly string[]): TopologyModel[] {
  const perFile = 250;
  const files = Math.ceil(texts.length / perFile);
  for (let file = 0; file < files; file++) {
    const part = texts.slice(file * perFile, (file + 1) * perFile);
    writeFileSync(join(directory, `${file}.mjs`), `${ALL}\nexport default [\n${part.map(expressionOf).join()}];\n`);
  }
  const loader = `
    import { writeFileSync } from 'node:fs';
    const models = [];
    for (let file = 0; file < ${files}; file++) models.push(...(await import('./' + file + '.mjs')).default);
    writeFileSync('loaded.json', JSON.stringify(models));
  `;
  writeFileSync(join(directory, 'load.mjs'), loader);
  const { status, stderr } = spawnSync(process.execPath, ['load.mjs'], { cwd: directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(`A printed text cannot be loaded: ${stderr}`);
  return JSON.parse(readFileSync(join(directory, 'loaded.json'), 'utf8'));
}

const NAMES = ['extra', 'topology', ...Object.values(FUNCTION_OF)];
const ALL = `import { ${NAMES.join(', ')} } from '@sluice/topology/builder';`;

/** A text without what is around its expression, which must be just that. */
function expressionOf(text: string): string {
  const match =
    /^import \{([\w,\s]+)\} from '@sluice\/topology\/builder';\n\nexport default (topology\(.*\));\n$/s.exec(text);
  const names = match?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (!match || !names?.every((name) => NAMES.includes(name))) throw new Error(`Not the form of a topology:\n${text}`);
  return match[2]!;
}

describe('a topology as text', () => {
  let directory: string;
  beforeAll(() => {
    directory = folder();
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('B6: 10,000 random topologies are the same after code → model → code and model → code → model', () => {
    // Drawn one by one: as arrays of thousands, keeping what shrinking would need costs more than the topologies.
    const seed = fc.sample(fc.noBias(fc.integer()), 1)[0]!;
    const models = fc.sample(arbitraryTopology({ maxNodes: 5 }), { numRuns: 10_000, seed });
    const texts = models.map(toTypeScript);
    let compared = 0;
    for (const [index, raw] of load(directory, texts).entries()) {
      const wrong = (what: string): Error => new Error(`Seed ${seed}: ${texts[index]}\n${what}`);
      const parsed = parseModel(raw);
      if (!parsed.ok) throw wrong(`is no topology: ${JSON.stringify(parsed.problems)}`);
      if (toTypeScript(parsed.model) !== texts[index]) throw wrong('is printed otherwise.');
      const model = inTextOrder(withoutLayout(models[index]!));
      if (canonical(parsed.model) !== canonical(model)) throw wrong('is another topology.');
      compared++;
    }
    expect(compared).toBe(10_000);
  }, 300_000);

  test('the order of members, and layout, leave no trace in the text', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, member]) => [name, reversed(member)]),
            )
          : value;
    fc.assert(
      fc.property(arbitraryTopology(), (model) => {
        expect(toTypeScript({ ...(reversed(model) as TopologyModel), layout: { moved: true } })).toBe(
          toTypeScript(model),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('no text of a model gets out of its quotes, hides, or turns the reading direction', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (model) => {
        const text = toTypeScript(model);
        expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}|<[/!]| \n/u);
      }),
      { numRuns: 500 },
    );
  });

  const order: TopologyModel = {
    name: 'order',
    description: 'An order',
    nodes: [
      { id: 'in', kind: 'start' },
      { id: 'parse-xml', kind: 'custom', worker: 'w', action: 'parse' },
      {
        id: 'erp',
        kind: 'connector',
        worker: 'w',
        action: 'book',
        settings: { timeoutMs: 2000, repeat: { attempts: 8, delayMs: 400 } },
      },
      { id: 'shape', kind: 'map', settings: { expression: '{\n  "id": body.`order id`\n}' } },
    ],
    connections: [
      { from: 'in', to: 'parse-xml' },
      { from: 'parse-xml', to: 'erp', when: "body.kind = 'order'" },
      { from: 'erp', to: 'shape' },
    ],
  };
  const SOURCE = `import { connector, custom, map, start, topology } from '@sluice/topology/builder';

export default topology('order', {
  description: 'An order',
  nodes: {
    in: start(),
    'parse-xml': custom({ worker: 'w', action: 'parse' }),
    erp: connector({
      worker: 'w',
      action: 'book',
      settings: {
        timeoutMs: 2000,
        repeat: { attempts: 8, delayMs: 400 },
      },
    }),
    shape: map({
      settings: {
        expression: \`{
  "id": body.\\\`order id\\\`
}\`,
      },
    }),
  },
  connections: [
    ['in', 'parse-xml'],
    ['parse-xml', 'erp', { when: "body.kind = 'order'" }],
    ['erp', 'shape'],
  ],
});
`;

  test('this is how it reads', () => {
    expect(toTypeScript(order)).toBe(SOURCE);
  });

  test.each<[string, (model: TopologyModel) => void, { gone: number; come: number }]>([
    ['a number', (model) => Object.assign(model.nodes[2]!.settings!, { timeoutMs: 3000 }), { gone: 1, come: 1 }],
    ['a new setting', (model) => Object.assign(model.nodes[2]!.settings!, { prefetch: 1 }), { gone: 0, come: 1 }],
    [
      'a line of an expression',
      (model) => Object.assign(model.nodes[3]!.settings!, { expression: '{\n  "id": 1\n}' }),
      { gone: 1, come: 1 },
    ],
    [
      'a node more',
      (model) => model.nodes.push({ id: 'new', kind: 'custom', worker: 'w', action: 'new' }),
      { gone: 0, come: 1 },
    ],
    ['a connection more', (model) => model.connections.push({ from: 'shape', to: 'erp' }), { gone: 0, come: 1 }],
    ['a node less', (model) => model.nodes.splice(3, 1), { gone: 8, come: 1 }],
    ['another name', (model) => Object.assign(model.nodes[3]!, { id: 'form' }), { gone: 1, come: 1 }],
  ])('a small edit is a small difference: %s', (_what, edit, expected) => {
    const edited = structuredClone(order);
    edit(edited);
    const [was, is] = [toTypeScript(order).split('\n'), toTypeScript(edited).split('\n')];
    const gone = linesOnlyIn(was, is);
    const come = linesOnlyIn(is, was);
    expect({ gone, come }).toEqual(expected);
  });

  test('every setting of the schema is a plain one for some kind', () => {
    const plain = new Set<string>(Object.values(SETTINGS_OF).flat());
    expect(Object.keys(SettingsSchema.shape).filter((name) => !plain.has(name))).toEqual([]);
    for (const names of Object.values(SETTINGS_OF)) expect(new Set(names).size).toBe(names.length);
  });

  test('two nodes of one name cannot be text, and the refusal says which', () => {
    const twice = { ...order, nodes: [...order.nodes, { id: 'erp', kind: 'map' as const }] };
    expect(() => toTypeScript(twice)).toThrow('two nodes called "erp"');
  });
});

/** How many lines a text has that the other has not, or not as often. */
function linesOnlyIn(lines: readonly string[], others: readonly string[]): number {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  }).length;
}

/** An object literal has whole numbers first, whatever is written first. */
function inTextOrder(model: TopologyModel): TopologyModel {
  const byId = Object.fromEntries(model.nodes.map((node) => [node.id, node]));
  return { ...model, nodes: Object.values(byId) };
}
