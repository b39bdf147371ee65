// A service to begin with: a folder with one step, ready to join.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../exit.ts';
import { say } from '../output.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const SERVICE = `import { CustomNode, join } from '@sluice/sdk';

// One class, one step. What it returns is the new body; what it throws decides what becomes of the message
// (Redeliver, LimitReached, StopQuietly, Hold, Fail).
class Greet extends CustomNode {
  name = 'greet';
  process(message) {
    return { text: \`Hello, \${message.json().name}\` };
  }
}

join({ steps: [new Greet()] }); // reads SLUICE_URL and SLUICE_TOKEN
`;

/** @throws InputError when the folder holds something already */
export function createWorker(folder: string): void {
  const name = basename(resolve(folder));
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name))
    throw new InputError(`A worker is called by 1 to 100 small letters, digits, ".", "_" or "-", got "${name}".`);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new InputError(`The folder ${folder} holds something already. Nothing was written; name another one.`);
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: { start: 'node service.mjs' },
    dependencies: { '@sluice/sdk': version },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(folder, 'service.mjs'), SERVICE);
  say(`A service is in ${folder}. Go on with:`);
  say('');
  say(`  npx sluice worker add ${name}          # shows its token`);
  say(`  cd ${folder} && npm install`);
  say('  SLUICE_URL=… SLUICE_TOKEN=… npm start');
}
