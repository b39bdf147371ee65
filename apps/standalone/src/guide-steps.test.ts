// The guides on connectors, batches and custom nodes, their commands run as they stand there.

import { describe, expect, onTestFinished, test } from 'vitest';
import { playGuide } from './testing/guide.ts';

describe('the guides on steps', () => {
  const saidBy = async (page: string): Promise<string> => {
    const played = await playGuide(page, { port: '8081' });
    onTestFinished(() => played.end());
    expect(played.code, played.said()).toBe(0);
    return played.said();
  };

  test('R36: the guide leads to a connector that calls a REST API, in a process and under test', async () => {
    const said = await saidBy('rest-connector.md');
    expect(said).toContain('The shop takes the key.');
    expect(said).toContain('{"id":"1","total":42}');
    expect(said).toMatch(/shop\.no_order/);
    expect(said).toMatch(/step\.input_invalid/);
    expect(said).toMatch(/pass 2/);
    expect(said).not.toContain('open-sesame"');
  }, 120_000);

  test('the guide leads to a batch that goes through a list page by page', async () => {
    expect(await saidBy('batch.md')).toContain('20 orders booked');
  }, 120_000);

  test('R5, R19: the guide leads from a file into a database without a line of code', async () => {
    const said = await saidBy('toolkit.md');
    expect(said).toContain('Connected: SQLite');
    expect(said.match(/\{"count":2,"repeated":false\}/g)).toHaveLength(2);
    expect(said).toContain(`"customer":"Robert'); DROP TABLE orders; --"`);
    expect(said).toMatch(/files\.outside/);
    expect(said).toMatch(/format\.invalid/);
  }, 120_000);

  test('the guide leads to custom nodes that choose the way', async () => {
    const said = await saidBy('custom-node.md');
    expect(said).toContain('{"total":10,"level":"low","number":1}');
    expect(said).toContain('"number":2');
    expect(said).toContain('An order without a total cannot be judged.');
  }, 120_000);
});
