import { readFileSync } from 'node:fs';
import type { StepView, WaitingFilterRequest } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say, time } from '../output.ts';

export interface FilterOptions {
  readonly topology?: string;
  readonly node?: string;
  readonly code?: string;
  readonly json?: boolean;
  readonly all?: boolean;
}

const filterOf = ({ topology, node, code }: FilterOptions): WaitingFilterRequest => ({
  ...(topology ? { topology } : {}),
  ...(node ? { node } : {}),
  ...(code ? { code } : {}),
});

export async function listTrash(options: FilterOptions): Promise<void> {
  const client = connect();
  const items: StepView[] = [];
  for await (const step of client.all((page) => client.trash.list({ ...filterOf(options), limit: 500, ...page })))
    items.push(step);
  if (options.json) return printJson(items);
  printTable<StepView>(
    items,
    [
      { title: 'ID', of: (step) => step.id },
      { title: 'WHERE', of: (step) => `${step.topology}/${step.node}` },
      { title: 'SINCE', of: (step) => time(step.changedAt) },
      { title: 'WHY', of: (step) => step.reason ?? step.code ?? '' },
    ],
    'The trash is empty.',
  );
}

export async function showTrash(id: string): Promise<void> {
  printJson(await connect().trash.get(id));
}

/** One message, perhaps with a new body from a file; or all that match with `--all`. */
export async function replayTrash(id: string | undefined, options: FilterOptions & { body?: string }): Promise<void> {
  const { trash } = connect();
  if (id === undefined) return bulk(options, (filter) => trash.replayAll(filter), 'replayed');
  await trash.replay(id, options.body === undefined ? {} : { body: readFileSync(options.body, 'utf8') });
  say(`Message ${id} is back in its queue; its attempts start again at 1.`);
}

export async function discardTrash(id: string | undefined, options: FilterOptions): Promise<void> {
  const { trash } = connect();
  if (id === undefined) return bulk(options, (filter) => trash.discardAll(filter), 'discarded');
  await trash.discard(id);
  say(`Message ${id} is discarded.`);
}

async function bulk(
  options: FilterOptions,
  act: (filter: WaitingFilterRequest) => Promise<{ done: number; failed: readonly { id: string; detail: string }[] }>,
  verb: string,
): Promise<void> {
  const filter = filterOf(options);
  if (Object.keys(filter).length === 0 && !options.all)
    throw new InputError('Say which message, or a filter (--topology, --node, --code), or --all.');
  const { done, failed } = await act(filter);
  say(`${done} message(s) ${verb}.`);
  for (const { id, detail } of failed) say(`  not ${id}: ${detail}`);
}
