// `npm run bench`: what Sluice does beside a plain client that does the same by hand, in the same run on the same
// machine. Only ratios mean anything elsewhere; absolute numbers belong to the machine.
//
//   npm run bench -- [pipe3 steps fan-out latency idle gateway] [--messages 10000] [--rounds 3] [--json FILE]

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fanOut, steps } from './scenarios/fan-out.ts';
import { gateway } from './scenarios/gateway.ts';
import { idle } from './scenarios/idle.ts';
import { latency } from './scenarios/latency.ts';
import { pipe3 } from './scenarios/pipe3.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const SCENARIOS = { pipe3, steps, 'fan-out': fanOut, latency, idle, gateway } as const;
const named = [...positionals, ...(values.only?.split(',') ?? [])];
const wanted = named.length > 0 ? named : Object.keys(SCENARIOS);

const results: Record<string, unknown> = { node: process.version, at: new Date().toISOString() };
for (const [name, run] of Object.entries(SCENARIOS)) {
  if (!wanted.includes(name)) continue;
  console.log(`\n${name}`);
  results[name] = await run({ messages: Number(values.messages), rounds: Number(values.rounds) });
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
process.exit(0);
