// Routes in files: every .yaml, .yml and .json file directly in a folder holds one route, or a list of them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseText } from '@sluice/openapi';
import { RouteDefinition } from '@sluice/protocol';
import { stringify } from 'yaml';
import { InputError } from '../exit.ts';

export interface RouteFile {
  readonly file: string;
  readonly route: RouteDefinition;
}

/** Files that such a folder has for other reasons. */
const OTHERS = /(^|\.)(package|package-lock|tsconfig|biome)\.json$|\.plan\.json$/;

/** @throws InputError with all that is wrong in all files */
export function readRoutes(folder: string): RouteFile[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name) && !OTHERS.test(entry.name))
    .map(({ name }) => name)
    .sort();
  if (names.length === 0)
    throw new InputError(`${folder} has no route in it: a file NAME.yaml or NAME.json is one. Nothing was changed.`);
  const problems: string[] = [];
  const found = new Map<string, RouteFile>();
  for (const file of names.map((name) => join(folder, name)))
    for (const route of routesOf(file, problems)) {
      const other = found.get(route.name);
      if (other) problems.push(`${file}: "${route.name}" is in ${other.file} already`);
      else found.set(route.name, { file, route });
    }
  if (problems.length > 0)
    throw new InputError(`${problems.length} problem(s) in the files of ${folder}. Nothing was changed.`, { problems });
  return [...found.values()];
}

/** A route as it stands in a file. */
export const routeText = (route: RouteDefinition): string =>
  stringify(route, { aliasDuplicateObjects: false, lineWidth: 120 });

function routesOf(file: string, problems: string[]): RouteDefinition[] {
  const parsed = parseText(readFileSync(file, 'utf8'));
  if (!parsed.ok) {
    problems.push(...parsed.problems.map(({ message }) => `${file}: ${message}`));
    return [];
  }
  const list = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  return list.flatMap((one, index) => {
    const checked = RouteDefinition.safeParse(one);
    if (checked.success) return [checked.data];
    const where = list.length > 1 ? `${file}, route ${index + 1}` : file;
    problems.push(...checked.error.issues.map(({ path, message }) => `${where}: ${path.join('.') || 'it'} ${message}`));
    return [];
  });
}
