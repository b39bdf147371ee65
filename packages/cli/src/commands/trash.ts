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

export interface ReplayOptions extends FilterOptions {
  readonly body?: string;
  readonly toVersion?: string;
  readonly at?: string;
  readonly nodes?: readonly string[];
  readonly dryRun?: boolean;
}

/** One message, perhaps with a new body from a file; or all that match with `--all`. */
export async function replayTrash(id: string | undefined, options: ReplayOptions): Promise<void> {
  const { trash } = connect();
  const { body, at, nodes = [], dryRun = false } = options;
  const to = versionOf(options.toVersion);
  if (id === undefined) {
    const request = { ...to, ...(nodes.length > 0 ? { nodes: namesOf(nodes) } : {}) };
    if (!dryRun) return bulk(options, (filter) => trash.replayAll({ ...filter, ...request }), 'replayed');
    const { matched = 0, foreseen = [] } = await trash.replayAll({ ...filterOf(options), ...request, dryRun });
    say(`${matched} message(s) would be replayed.`);
    for (const { topology, version, node, count, to: there } of foreseen)
      say(
        `  ${count} of ${topology} v${version}/${node} ${there === null ? 'would stay: no such node there' : `→ ${there}`}`,
      );
    return;
  }
  const { processId } = await trash.replay(id, {
    ...to,
    ...(at ? { node: at } : {}),
    ...(body === undefined ? {} : { body: readFileSync(body, 'utf8') }),
  });
  say(
    processId === undefined
      ? `Message ${id} is back in its queue; its attempts start again at 1.`
      : `Message ${id} goes on with version ${options.toVersion} as process ${processId}.`,
  );
}

/** @throws InputError when it is no number of a version */
export function versionOf(text: string | undefined): { toVersion?: number } {
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InputError(`--to-version takes the number of a version, got "${text}".`);
  return { toVersion: Number(text) };
}

function namesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [old, now] = pair.split('=');
      if (!old || !now) throw new InputError(`--nodes takes pairs such as check=verify, got "${pair}".`);
      return [old, now];
    }),
  );
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
