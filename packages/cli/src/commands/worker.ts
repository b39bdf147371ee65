import type { WorkerView } from '@sluice/protocol';
import { connect, platformUrl } from '../connection.ts';
import { printJson, printTable, say } from '../output.ts';

export interface AddOptions {
  readonly url?: string;
  readonly header?: readonly string[];
  readonly sign?: boolean;
  readonly rotate?: boolean;
  readonly json?: boolean;
}

export async function addWorker(name: string, { url, header = [], sign, rotate, json }: AddOptions): Promise<void> {
  const headers = Object.fromEntries(header.map((line) => line.split(/:\s*/, 2) as [string, string]));
  const worker = await connect().workers.register({
    name,
    ...(url ? { url } : {}),
    ...(header.length > 0 ? { headers } : {}),
    ...(sign === undefined ? {} : { sign }),
    ...(rotate ? { rotate } : {}),
  });
  if (json) return printJson(worker);
  if (worker.transport === 'http') {
    say(`Worker "${name}" is ${worker.health} at ${worker.url}${worker.reason ? `: ${worker.reason}` : ''}.`);
    if (worker.secret) {
      say('Requests to it are signed with this secret, which is shown only now:');
      say(`  ${worker.secret}`);
    }
    for (const action of worker.manifest?.actions ?? []) say(`  ${action.kind.padEnd(10)} ${action.name}`);
    return;
  }
  if (!worker.token)
    return say(`Worker "${name}" is registered already. Its token was shown then; --rotate makes a new one.`);
  say(`Worker "${name}" may join. Its token is shown only now:`);
  say('');
  say(`  SLUICE_URL=${platformUrl()} SLUICE_TOKEN=${worker.token}`);
  say('');
  say("In the service: import { join } from '@sluice/sdk'; join({ steps: [new MyStep()] });");
}

export async function listWorkers({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().workers.list();
  if (json) return printJson(items);
  printTable<WorkerView>(
    items,
    [
      { title: 'NAME', of: (worker) => worker.name },
      { title: 'BY', of: (worker) => worker.transport },
      { title: 'HEALTH', of: (worker) => worker.health },
      { title: 'ACTIONS', of: (worker) => String(worker.manifest?.actions.length ?? '-') },
      { title: 'WHERE', of: (worker) => worker.url ?? `${worker.connections} connection(s)` },
    ],
    'No worker is registered. Add one with `sluice worker add NAME`.',
  );
}

export async function removeWorker(name: string): Promise<void> {
  await connect().workers.remove(name);
  say(`Worker "${name}" is removed. Its messages wait in their queues.`);
}
