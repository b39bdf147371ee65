import type { ProcessView, StepView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { printJson, printTable, say, time } from '../output.ts';
import { versionOf } from './trash.ts';

export interface ListOptions {
  readonly topology?: string;
  readonly status?: ProcessView['status'];
  readonly limit?: string;
  readonly json?: boolean;
}

export async function listProcesses({ topology, status, limit, json }: ListOptions): Promise<void> {
  const { items } = await connect().processes.list({
    topology,
    status,
    limit: limit === undefined ? undefined : Number(limit),
  });
  if (json) return printJson(items);
  printTable<ProcessView>(
    items,
    [
      { title: 'ID', of: (process) => process.id },
      { title: 'TOPOLOGY', of: (process) => `${process.topology} v${process.version}` },
      { title: 'STATUS', of: (process) => process.status },
      {
        title: 'STEPS',
        of: (process) => `${process.done}/${process.total}${process.failed > 0 ? `, ${process.failed} in trash` : ''}`,
      },
      { title: 'STARTED', of: (process) => time(process.startedAt) },
    ],
    'No process matches.',
  );
}

export async function showProcess(id: string): Promise<void> {
  printJson(await connect().processes.get(id));
}

export async function processHistory(
  id: string,
  { json, bodies }: { json?: boolean; bodies?: boolean },
): Promise<void> {
  const client = connect();
  const items: StepView[] = [];
  for await (const step of client.all((page) =>
    client.processes.history(id, { limit: 500, ...page, ...(bodies ? { bodies } : {}) }),
  ))
    items.push(step);
  if (json) return printJson(items);
  printTable<StepView>(
    items,
    [
      { title: 'NODE', of: (step) => step.node },
      { title: 'STATE', of: (step) => step.state },
      { title: 'RESULT', of: (step) => step.result ?? '-' },
      {
        title: 'ATTEMPTS',
        of: (step) => String(Math.max(step.attempts.length, step.state === 'done' ? step.attempt + 1 : step.attempt)),
      },
      { title: 'MS', of: (step) => String(step.durationMs ?? '-') },
      { title: 'MESSAGE', of: (step) => step.id },
      { title: 'WHY', of: (step) => step.reason ?? '' },
    ],
    'The process has no steps yet.',
  );
}

export async function cancelProcess(id: string): Promise<void> {
  const { status } = await connect().processes.cancel(id);
  say(`Process ${id} is ${status}.`);
}

export async function replayProcess(
  id: string,
  { node, message, toVersion }: { node?: string; message?: string; toVersion?: string },
): Promise<void> {
  const { processId } = await connect().processes.replay(id, {
    ...(node ? { node } : {}),
    ...(message ? { messageId: message } : {}),
    ...versionOf(toVersion),
  });
  say(`Process ${id} runs again as ${processId}.`);
}
