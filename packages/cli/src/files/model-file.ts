// A topology in a file: NAME.json, or NAME.ts with the places of its boxes beside it in NAME.layout.json.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseModel, type TopologyModel, toTypeScript } from '@sluice/topology';
import { InputError } from '../exit.ts';
import { plainJson } from './plain.ts';

/** Members by which the platform says which version it answers; they are no part of a model. */
const ANSWERED = ['version', 'state'] as const;

/** @throws InputError with all that is wrong with it */
export async function readModel(file: string): Promise<TopologyModel> {
  const raw = isTypeScript(file) ? await readTypeScript(file) : readJson(file);
  return modelOf(raw, file);
}

/** A model as a file or the platform gives it. */
export function modelOf(raw: unknown, from: string): TopologyModel {
  const parsed = parseModel(isObject(raw) ? without(raw, ANSWERED) : raw);
  if (parsed.ok) return parsed.model;
  throw new InputError(`${from} is no topology.`, { problems: parsed.problems });
}

/** Write a model in the format of the file's name. @returns the files that were written */
export function writeModel(file: string, model: TopologyModel): string[] {
  if (!isTypeScript(file)) {
    writeFileSync(file, jsonText(model));
    return [file];
  }
  writeFileSync(file, toTypeScript(model));
  if (model.layout === undefined) return [file];
  writeFileSync(layoutFileOf(file), jsonText(model.layout));
  return [file, layoutFileOf(file)];
}

export const isTypeScript = (file: string): boolean => file.endsWith('.ts');
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const layoutFileOf = (file: string): string => file.replace(/\.ts$/, '.layout.json');

async function readTypeScript(file: string): Promise<unknown> {
  if (!existsSync(file)) throw new InputError(`There is no file ${file}.`);
  // Loaded only now: most commands never meet TypeScript, and the stripper takes a moment.
  const { importDefault } = await import('./typescript.ts');
  const model = plainJson(await importDefault(file), file);
  const layout = layoutFileOf(file);
  return isObject(model) && existsSync(layout) ? { ...model, layout: readJson(layout) } : model;
}

export function readJson(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (value: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
