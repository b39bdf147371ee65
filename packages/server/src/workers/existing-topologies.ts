// Which webhooks the topologies want: those of the webhook nodes of versions that take new traffic.

import type { Engine } from '@sluice/engine';
import type { WebhookNode } from '@sluice/integration';

/** @returns by the name of the topology */
export async function webhookNodes({ topologies }: Engine): Promise<Map<string, WebhookNode[]>> {
  const wanted = new Map<string, WebhookNode[]>();
  for (const { name, version, state } of await topologies.list()) {
    const plan = state === 'enabled' ? await topologies.plan(name, version) : null;
    const nodes = [...(plan?.nodes.values() ?? [])].filter(({ kind }) => kind === 'webhook');
    if (nodes.length > 0) wanted.set(name, nodes.flatMap(nodeOf));
  }
  return wanted;
}

function nodeOf({ name, settings }: { readonly name: string; readonly settings: object }): WebhookNode[] {
  const { application, event } = settings as { application?: unknown; event?: unknown };
  if (typeof application === 'string' && typeof event === 'string') return [{ application, event }];
  // As editors before this one name them.
  const dot = name.indexOf('.');
  return dot > 0 ? [{ application: name.slice(0, dot), event: name.slice(dot + 1) }] : [];
}
