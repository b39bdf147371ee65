// A folder of topologies: every .ts and .json file directly in it is one. What they share lives in folders below it.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TopologyModel } from '@sluice/topology';
import { InputError } from '../exit.ts';
import { readModel } from './model-file.ts';

export interface ModelFile {
  readonly file: string;
  readonly model: TopologyModel;
}

/** Files that such a folder has for other reasons. */
const OTHERS = /(^|\.)(package|package-lock|tsconfig|biome)\.json$|\.(layout|plan)\.json$|\.d\.ts$|\.test\.ts$/;

/** @throws InputError when a file is no topology, two are of one name, or there is none */
export async function readFolder(folder: string): Promise<ModelFile[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name) && !OTHERS.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0)
    throw new InputError(`${folder} has no topology in it: a file NAME.ts or NAME.json is one. Nothing was changed.`);
  const found = new Map<string, ModelFile>();
  for (const name of names) {
    const file = join(folder, name);
    const model = await readModel(file);
    const other = found.get(model.name);
    if (other)
      throw new InputError(`${other.file} and ${file} are both called "${model.name}". Rename one, or remove it.`);
    found.set(model.name, { file, model });
  }
  return [...found.values()];
}
