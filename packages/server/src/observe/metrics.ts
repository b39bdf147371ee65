// Prometheus: the ledger as gauges, and the process itself.

import type { Engine } from '@sluice/engine';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';

const PLACES = ['accepted', 'emitted', 'finished', 'queued', 'leased', 'delayed', 'limited', 'held', 'trash'] as const;

export function installMetrics(registry: Registry, engine: Engine): void {
  // The default precision wakes the process a hundred times a second.
  collectDefaultMetrics({ register: registry, prefix: 'sluice_', eventLoopMonitoringPrecision: 200 });
  const messages = new Gauge({
    name: 'sluice_messages',
    help: 'Messages of a node by place: accepted + emitted = finished + everything else.',
    labelNames: ['topology', 'version', 'node', 'place'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const entry of (await engine.ledger()).nodes)
        for (const place of PLACES)
          messages.set(
            { topology: entry.topology, version: String(entry.version), node: entry.node, place },
            entry[place],
          );
    },
  });
  const balanced = new Gauge({
    name: 'sluice_ledger_balanced',
    help: '1 when no message is missing.',
    registers: [registry],
    async collect() {
      balanced.set((await engine.ledger()).balanced ? 1 : 0);
    },
  });
}
