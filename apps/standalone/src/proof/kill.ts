// `npm run test:kill -- [--kills 100] [--messages 5000] [--seed 1]`

import { parseArgs } from 'node:util';
import { kill } from './kill-run.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    messages: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
console.log(`seed ${values.seed}`);
const result = await kill({
  kills: Number(values.kills),
  messages: Number(values.messages),
  seed: Number(values.seed),
  print: (line) => console.log(line),
});
process.exit(result.lost === 0 && result.doubled === 0 && result.balanced ? 0 : 1);
