// A folder of topologies/golden is a test: definition, scripted worker, input, and the journal that must come of it.
// `GOLDEN=write npm test -- golden` writes the journals anew; read the difference before you commit it.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CallResult, StepCall } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { expect, test } from 'vitest';
import { Harness, type Steps } from '../testing/harness.ts';

const ROOT = fileURLToPath(new URL('../../../../topologies/golden/', import.meta.url));

interface Input {
  /** Milliseconds after the beginning. */
  readonly atMs: number;
  readonly body: unknown;
  readonly user?: string;
  /** Instead of a start: replay all trash, or accept all user tasks. */
  readonly act?: 'replay-trash' | 'accept-tasks';
}

/** Answers of an action, one call after the other; the last one repeats. `"echo"` forwards what came. */
type Script = Readonly<Record<string, readonly (CallResult | 'echo')[]>>;

const read = <T>(folder: string, file: string): T => JSON.parse(readFileSync(`${ROOT}${folder}/${file}`, 'utf8')) as T;

async function play(folder: string): Promise<string> {
  const model = read<TopologyModel>(folder, 'topology.json');
  const script = read<Script>(folder, 'worker.json');
  const inputs = read<readonly Input[]>(folder, 'input.json');
  const lines: string[] = [];
  const names = new Map<string, string>();
  const nameOf = (kind: 'process' | 'message', id: string): string => {
    const known = names.get(id) ?? `${kind}-${[...names.values()].filter((name) => name.startsWith(kind)).length + 1}`;
    names.set(id, known);
    return known;
  };
  const began = Date.UTC(2026, 0, 1);
  const steps: Steps = Object.fromEntries(
    Object.entries(script).map(([action, answers]) => {
      let turn = 0;
      const answer = (call: StepCall): CallResult => {
        const next = answers[Math.min(turn++, answers.length - 1)]!;
        lines.push(
          `${String(h.clock.now() - began).padStart(8)}  ${nameOf('process', call.processId)}  ${nameOf('message', call.messageId)}  call ${call.target.node} attempt ${call.attempt} ${String(call.body)}`,
        );
        return next === 'echo' ? { kind: 'forward', item: { body: call.body } } : next;
      };
      return [action, answer];
    }),
  );
  const others = existsSync(`${ROOT}${folder}/others.json`) ? read<TopologyModel[]>(folder, 'others.json') : [];
  const h = await Harness.start([...others, model], { steps });
  for (const input of inputs) {
    await h.clock.advance(began + input.atMs - h.clock.now());
    if (input.act === 'replay-trash')
      await h.engine.interventions.bulk({ state: 'trash' }, (id) => h.engine.interventions.replayTrash(id));
    else if (input.act === 'accept-tasks')
      await h.engine.interventions.bulk({ state: 'held', hold: 'held' }, (id) => h.engine.interventions.acceptTask(id));
    else
      lines.push(
        `${String(input.atMs).padStart(8)}  ${nameOf('process', await h.run(model.name, input.body, input.user ? { user: input.user } : {}))}  started`,
      );
  }
  // Long enough for everything that waits, shorter than the retention of ended processes.
  await h.clock.advance(4 * 86_400_000);

  lines.push('', 'at the end');
  const { items } = await h.engine.reads.processes({}, { limit: 500 });
  for (const { id, status, total, done, failed } of [...items].reverse())
    lines.push(`${nameOf('process', id)}  ${status}  total ${total}, done ${done}, failed ${failed}`);
  const { accepted, emitted, finished, held, trash, balanced } = await h.engine.ledger();
  lines.push(
    `ledger  accepted ${accepted}, emitted ${emitted}, finished ${finished}, held ${held}, trash ${trash}, ${balanced ? 'balanced' : 'NOT BALANCED'}`,
  );
  return `${lines.join('\n')}\n`;
}

for (const folder of readdirSync(ROOT))
  test(`golden: ${folder} runs as its journal says`, async () => {
    const journal = await play(folder);
    const file = `${ROOT}${folder}/journal.txt`;
    if (process.env.GOLDEN === 'write' || !existsSync(file)) writeFileSync(file, journal);
    expect(journal).toBe(readFileSync(file, 'utf8'));
    expect(journal.trimEnd().endsWith('balanced')).toBe(true);
  });
