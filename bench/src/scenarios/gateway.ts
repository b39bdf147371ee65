// gateway: a service behind a route that asks for an API key, with and without mapping, beside the service itself, a bare
// Node.js proxy with no policy at all, and nginx with a map of API keys. Every round measures all of them, one after the other.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Load, Measured } from '../load.ts';
import { startNginx } from '../nginx.ts';
import { call, next, type Platform, startPlatform, startService, usage } from '../processes.ts';
import { CONCURRENCY, median } from '../yardstick.ts';
import type { Size } from './pipe3.ts';

const CALM = { requests: 300, width: 64, everyMs: 10 };
/** Requests before those that count. */
const WARM = 3_000;

interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly path: string;
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Row {
  readonly rate: number[];
  readonly cpuUs: number[];
  readonly p99: number[];
  readonly calmP50: number[];
  readonly calmP99: number[];
}

export async function gateway({ messages, rounds }: Size): Promise<unknown> {
  const stops: (() => unknown)[] = [];
  try {
    const service = await startService();
    stops.push(() => service.stop());
    const platform = await startPlatform();
    stops.push(() => platform.stop());
    const key = await installRoutes(platform, service.url);
    const bare = fork(fileURLToPath(new URL('../bare-proxy.js', import.meta.url)), [service.url]);
    stops.push(() => bare.kill());
    const { url: bareUrl } = await next<{ url: string }>(bare);
    const nginx = await startNginx(service.url, key);
    stops.push(() => nginx?.stop());
    const callers = fork(fileURLToPath(new URL('../load.js', import.meta.url)));
    stops.push(() => callers.kill());
    const headers = { 'x-api-key': key };
    const contestants: Contestant[] = [
      { name: 'service itself', url: service.url, path: '/work', pid: service.pid, headers: {} },
      { name: 'bare proxy', url: bareUrl, path: '/work', pid: bare.pid!, headers },
      { name: 'gateway', url: platform.url, path: '/bench/plain', pid: platform.pid, headers },
      { name: 'gateway, mapped', url: platform.url, path: '/bench/mapped', pid: platform.pid, headers },
      ...(nginx ? [{ name: 'nginx', url: nginx.url, path: '/work', pid: nginx.pid, headers }] : []),
    ];
    return report(await measureAll(callers, contestants, messages, rounds));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function installRoutes({ api }: Platform, service: string): Promise<string> {
  await call(api, 'POST', '/api/v1/gateway/consumers', { name: 'bench', scopes: ['bench'] });
  const { key } = await call<{ key: string }>(api, 'POST', '/api/v1/gateway/consumers/bench/keys', {});
  const route = (name: string, more: object) => ({
    name,
    path: `/bench/${name}`,
    methods: ['POST'],
    access: { scopes: ['bench'] },
    target: { kind: 'upstream', url: `${service}/work` },
    ...more,
  });
  await call(api, 'POST', '/api/v1/gateway/routes', route('plain', {}));
  const mapped = {
    request: { map: '{"order": body.order, "text": body.text}' },
    response: { map: '{"seen": body.seen}' },
  };
  await call(api, 'POST', '/api/v1/gateway/routes', route('mapped', mapped));
  return key;
}

async function measureAll(
  callers: ChildProcess,
  contestants: readonly Contestant[],
  messages: number,
  rounds: number,
): Promise<Map<string, Row>> {
  const run = ({ url, path, headers }: Contestant, load: Pick<Load, 'requests' | 'width' | 'everyMs'>) => {
    callers.send({ url, path, headers, ...load } satisfies Load);
    return next<Measured>(callers);
  };
  for (const one of contestants) await run(one, { requests: WARM, width: CONCURRENCY });
  const rows = new Map<string, Row>();
  for (const { name } of contestants) rows.set(name, { rate: [], cpuUs: [], p99: [], calmP50: [], calmP99: [] });
  for (let round = 0; round < rounds; round++)
    for (const one of contestants) {
      const row = rows.get(one.name)!;
      const before = usage(one.pid).cpuMs;
      const { rate, p99 } = await run(one, { requests: messages, width: CONCURRENCY });
      row.rate.push(rate);
      row.p99.push(p99);
      row.cpuUs.push(((usage(one.pid).cpuMs - before) * 1_000) / messages);
      const calm = await run(one, CALM);
      row.calmP50.push(calm.p50);
      row.calmP99.push(calm.p99);
    }
  return rows;
}

function report(rows: ReadonlyMap<string, Row>): unknown {
  const direct = rows.get('service itself')!;
  const bare = rows.get('bare proxy')!;
  const results: Record<string, unknown> = {};
  for (const [name, row] of rows) {
    const shown = {
      rate: median(row.rate),
      cpuUs: median(row.cpuUs),
      // Each round has its own yardstick: the machine may have been busy in one of them.
      ofBareProxy: median(row.rate.map((rate, round) => rate / bare.rate[round]!)),
      addedP50: median(row.calmP50.map((ms, round) => ms - direct.calmP50[round]!)),
      addedP99: median(row.calmP99.map((ms, round) => ms - direct.calmP99[round]!)),
    };
    results[name] = shown;
    console.log(
      `  ${name.padEnd(16)} ${shown.rate.toFixed(0).padStart(6)} requests/s at ${CONCURRENCY}: ${shown.ofBareProxy.toFixed(2)} of the bare proxy; ` +
        `${shown.cpuUs.toFixed(0)} µs CPU a request; at 100/s adds p50 ${shown.addedP50.toFixed(2)} ms, p99 ${shown.addedP99.toFixed(2)} ms`,
    );
  }
  const nginx = rows.get('nginx');
  if (nginx) {
    const gateway = rows.get('gateway')!;
    const ratio = median(gateway.rate.map((rate, round) => rate / nginx.rate[round]!));
    results['ofNginx'] = ratio;
    console.log(`  the gateway does ${ratio.toFixed(2)} of what nginx does`);
  } else console.log('  NGINX IS NOT HERE, so there is no row of it: install it to be compared with it');
  return results;
}
