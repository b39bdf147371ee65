// `npm run bench:compare -- OTHER`: this checkout beside another one, built, by turns. On a machine whose speed changes
// by the minute only that tells 5 % from nothing: what both did within the same seconds is compared, pair by pair.
//
//   npm run bench:compare -- ../before [--work pipe3|steps|fan-out] [--over link|http] [--pairs 12] [--messages 4000]

import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launchArguments } from '@sluice/standalone/launch';
import { addWorker, installFan, installPipe, runFan, runPipe, STEPS, type Transport } from './pipes.ts';
import { type Platform, type Service, startPlatform, startService, usage } from './processes.ts';
import { ITEMS } from './scenarios/fan-out.ts';
import { median } from './yardstick.ts';

interface Side {
  readonly platform: Platform;
  readonly service: Service;
  run(): Promise<Cost>;
}

interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    work: { type: 'string', default: 'pipe3' },
    over: { type: 'string', default: 'link' },
    pairs: { type: 'string', default: '12' },
    messages: { type: 'string', default: '4000' },
  },
});
const [other] = positionals;
const transport = values.over as Transport;
if (!other || !['pipe3', 'steps', 'fan-out'].includes(values.work) || !['link', 'http'].includes(transport)) {
  console.error(
    'Which checkout? npm run bench:compare -- OTHER [--work pipe3|steps|fan-out] [--over link|http] [--pairs 12]',
  );
  process.exit(2);
}
const messages = Number(values.messages);

async function start(launch: readonly string[]): Promise<Side> {
  const service = await startService();
  const platform = await startPlatform(launch);
  await addWorker(platform, service, transport);
  const work =
    values.work === 'pipe3' ? () => runPipe(platform, 'pipe3', messages) : () => runFan(platform, transport, ITEMS);
  if (values.work === 'pipe3') await installPipe(platform, 'pipe3', transport, STEPS);
  else await installFan(platform, transport, values.work === 'steps' ? STEPS : 1);
  return {
    platform,
    service,
    async run() {
      const used = usage(platform.pid).cpuMs;
      const ms = await work();
      return { ms, cpuMs: usage(platform.pid).cpuMs - used };
    },
  };
}

const shown = (list: readonly number[]): string =>
  `${median(list).toFixed(2)} (${Math.min(...list).toFixed(2)}–${Math.max(...list).toFixed(2)})`;

const launchOfOther = pathToFileURL(join(resolve(other), 'apps/standalone/dist/launch.js')).href;
const { launchArguments: argumentsOfOther } = (await import(launchOfOther)) as { launchArguments(): string[] };
const sides = { that: await start(argumentsOfOther()), this: await start(launchArguments()) };
for (const side of [sides.that, sides.this]) await side.run(); // to warm up
const time: number[] = [];
const cpu: number[] = [];
for (let pair = 0; pair < Number(values.pairs); pair++) {
  // Who is first changes, because the second finds a machine that the first has warmed.
  const order = pair % 2 === 0 ? [sides.that, sides.this] : [sides.this, sides.that];
  const costs = new Map<Side, Cost>();
  for (const side of order) costs.set(side, await side.run());
  const [here, there] = [costs.get(sides.this)!, costs.get(sides.that)!];
  time.push(here.ms / there.ms);
  cpu.push(here.cpuMs / there.cpuMs);
  console.log(`  ${Math.round(here.ms)} ms here, ${Math.round(there.ms)} there`);
}
console.log(`${values.work} over ${transport}, here to there: time ${shown(time)}, CPU ${shown(cpu)}`);
for (const { platform, service } of [sides.that, sides.this]) {
  await platform.stop();
  service.stop();
}
process.exit(0);
