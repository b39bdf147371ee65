// Topologies as TypeScript are programs, and are run: here, on the machine of who wrote them, and nowhere else.

import * as module from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../exit.ts';
import * as hooks from './typescript-hooks.ts';

let installed = false;

/** Newer Node runs hooks where the import is, older Node in a thread of theirs. */
function installHooks(): void {
  if (installed) return;
  installed = true;
  const { registerHooks } = module as unknown as { registerHooks?: (given: typeof hooks) => void };
  if (registerHooks) registerHooks(hooks);
  else module.register('./typescript-hooks.js', import.meta.url);
}

/** What a file exports as its default. */
export async function importDefault(file: string): Promise<unknown> {
  installHooks();
  const url = pathToFileURL(resolve(file)).href;
  let exported: Record<string, unknown>;
  try {
    exported = (await import(url)) as Record<string, unknown>;
  } catch (error) {
    throw new InputError(`${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (!('default' in exported))
    throw new InputError(`${file} has no default export. End it with \`export default topology('NAME', { … })\`.`);
  return exported.default;
}
