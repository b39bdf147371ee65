// Prometheus: what services delivered, and how subscriptions are.

import type { Integration } from '@sluice/integration';
import { WEBHOOK_STATES } from '@sluice/protocol';
import { Gauge, type Registry } from 'prom-client';

const RESULTS = ['started', 'repeated', 'refused'] as const;

export function installWebhookMetrics(registry: Registry, { webhooks }: Pick<Integration, 'webhooks'>): void {
  const deliveries = new Gauge({
    name: 'sluice_webhook_deliveries',
    help: 'Deliveries of services that started a process, came again, or were refused.',
    labelNames: ['application', 'event', 'topology', 'result'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { application, event, topology, counts } of webhooks.list())
        for (const result of RESULTS)
          deliveries.inc({ application: application ?? '', event: event ?? '', topology, result }, counts[result]);
    },
  });
  const subscriptions = new Gauge({
    name: 'sluice_webhook_subscriptions',
    help: 'Subscriptions to events of services, by state.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.reset();
      for (const state of WEBHOOK_STATES) subscriptions.set({ state }, webhooks.list({ state }).length);
    },
  });
}
