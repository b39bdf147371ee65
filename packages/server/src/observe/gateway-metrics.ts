// Prometheus: requests of the gateway. Names of routes and consumers come from its books, never from requests, and there are
// so many at most.

import type { Answered, Gateway } from '@sluice/gateway';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const MOST_NAMES = 500;
const OTHERS = '(others)';

/** @returns to be told of each request */
export function installGatewayMetrics(registry: Registry, gateway: () => Gateway): (answered: Answered) => void {
  const registers = [registry];
  const requests = new Counter({
    name: 'sluice_gateway_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['route', 'status', 'consumer'],
    registers,
  });
  const duration = new Histogram({
    name: 'sluice_gateway_request_seconds',
    help: 'From the head of a request to the end of its answer.',
    labelNames: ['route'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  new Gauge({
    name: 'sluice_gateway_requests_underway',
    help: 'Requests that have no answer yet.',
    registers,
    collect() {
      this.set(gateway().underway);
    },
  });
  new Gauge({
    name: 'sluice_gateway_tunnels',
    help: 'Connections that were upgraded.',
    registers,
    collect() {
      this.set(gateway().tunnels);
    },
  });
  const routes = bounded();
  const consumers = bounded();
  return ({ route, consumer, status, durationMs }) => {
    const name = route === null ? '(none)' : routes(route);
    requests.inc({ route: name, status: String(status), consumer: consumer === null ? '(none)' : consumers(consumer) });
    duration.observe({ route: name }, durationMs / 1_000);
  };
}

function bounded(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= MOST_NAMES) return OTHERS;
    known.add(name);
    return name;
  };
}
