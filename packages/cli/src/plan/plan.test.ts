import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planOf, readPlan, type Step } from './plan.ts';

const steps: Step[] = [
  {
    act: 'create',
    name: 'a',
    seen: { enabled: null, newest: null },
    model: { name: 'a', nodes: [{ id: 'in', kind: 'start' }], connections: [] },
    changes: [{ change: 'node.added', node: { id: 'in', kind: 'start' } }],
  },
];
const plan = planOf({ id: 'p', url: 'http://127.0.0.1:7700' }, 3, steps);

describe('a plan in a file', () => {
  let file: string;
  beforeAll(() => {
    file = join(mkdtempSync(join(tmpdir(), 'sluice-plan-')), 'a.plan.json');
  });
  afterAll(() => rmSync(join(file, '..'), { recursive: true, force: true }));
  const read = (content: unknown) => {
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readPlan(file);
  };

  test('it is read as it was made', () => {
    expect(read(plan)).toEqual(plan);
  });

  test.each<[string, unknown, RegExp]>([
    ['a plan of another form', { ...plan, plan: 99 }, /form 99.*form 1/],
    ['an act that there is not', { ...plan, steps: [{ ...steps[0], act: 'explode' }] }, /is no plan/],
    ['a member that there is not', { ...plan, also: 1 }, /is no plan/],
    ['a model that is none', { ...plan, steps: [{ ...steps[0], model: { name: '../x' } }] }, /create a is no topology/],
    [
      'a retirement of no version',
      { ...plan, steps: [{ act: 'retire', name: 'a', seen: steps[0]!.seen }] },
      /is no plan/,
    ],
    ['a list', [], /is no plan/],
    ['nothing', null, /is no plan/],
    ['a topology', { name: 'a', nodes: [] }, /is no plan/],
    ['half a plan', '{"plan": 1', /is not JSON/],
    ['a plan nested without end', `${'['.repeat(9_999)}${']'.repeat(9_999)}`, /is no plan/],
  ])('refused: %s', (_what, content, says) => {
    expect(() => read(content)).toThrow(says);
  });
});
