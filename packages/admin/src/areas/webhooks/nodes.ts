// Where a delivery can go: webhook nodes of enabled topologies.

import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';

export interface WebhookNode {
  readonly topology: string;
  readonly node: string;
}

interface NodeLike {
  readonly id: string;
  readonly kind: string;
}

async function webhookNodes(): Promise<WebhookNode[]> {
  const { items } = await api.topologies.list();
  const models = await Promise.all(
    items
      .filter(({ state }) => state === 'enabled')
      .map(async ({ name, version }) => ({ name, model: await api.topologies.get(name, version) })),
  );
  return models.flatMap(({ name, model }) =>
    (model.nodes as readonly NodeLike[])
      .filter(({ kind }) => kind === 'webhook')
      .map(({ id }) => ({ topology: name, node: id })),
  );
}

export const useWebhookNodes = () => useQuery({ queryKey: ['topologies', 'webhook-nodes'], queryFn: webhookNodes });
