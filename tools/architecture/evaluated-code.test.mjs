// B15: what comes from outside is data. A static look at the control plane, and at the libraries that it hands schemas, patterns,
// mappings and bodies: none of them can make code of a text.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const planted = join(import.meta.dirname, 'planted');

const CONTROL_PLANE = [
  'protocol',
  'topology',
  'topology-editor',
  'engine',
  'integration',
  'identity',
  'openapi',
  'gateway',
  'mcp',
  'server',
];

/** Libraries that judge, map or read what comes from outside, by the package that asks them. */
const JUDGES = {
  engine: ['jsonata', 'croner'],
  topology: ['bpmn-moddle', 'moddle', 'moddle-xml', 'saxen'],
  openapi: ['yaml', 'openapi-sampler'],
  gateway: [
    '@cfworker/json-schema',
    're2js',
    'csv-parse',
    'csv-stringify',
    'fast-xml-parser',
    'negotiator',
    'http-cache-semantics',
    'http-message-signatures',
    'jose',
  ],
};

const EVALUATES =
  /(?<![.\w])eval\s*\((?![^()]*\)\s*\{)|\bnew\s+Function\b|(?<![.\w])Function\s*\(|=\s*Function\s*;|(?:from|import\(|require\()\s*['"](?:node:)?vm['"]/;

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*(\/\/|\*).*$/gm, '');
const evaluates = (file) => EVALUATES.test(withoutComments(readFileSync(file, 'utf8')));

function* files(folder, isSource) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* files(path, isSource);
    else if (entry.isFile() && isSource(entry.name)) yield path;
  }
}

const isOwn = (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name);

/** Own sources that could run what is data. */
const evaluators = (base) =>
  CONTROL_PLANE.flatMap((name) => [...files(join(base, 'packages', name, 'src'), isOwn)])
    .filter(evaluates)
    .map((file) => relative(base, file));

/** Where a package, or one of its files, is for whoever imports it there. */
function resolved(specifier, from) {
  const [, name, inside] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier);
  let base = from;
  while (!existsSync(join(base, 'node_modules', name, 'package.json'))) {
    if (base === dirname(base)) throw new Error(`${specifier} is not there for ${from}`);
    base = dirname(base);
  }
  const folder = join(base, 'node_modules', name);
  const { exports, module, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  let entry = inside ? exports?.[`.${inside}`] : (exports?.['.'] ?? exports);
  while (typeof entry === 'object' && entry !== null)
    entry = Array.isArray(entry) ? entry[0] : (entry.node ?? entry.import ?? entry.require ?? entry.default);
  return fileAt(join(folder, entry ?? inside ?? module ?? main ?? 'index.js'));
}

const fileAt = (path) =>
  ['', '.js', '.cjs', '.mjs', '/index.js']
    .map((ending) => `${path}${ending}`)
    .find((one) => /\.[cm]?js$/.test(one) && existsSync(one));

/** The files of a library as it is loaded: its entry, and all that one leads to. */
function loaded(library, from) {
  const found = new Set();
  const visit = (file) => {
    if (file === undefined || found.has(file)) return;
    found.add(file);
    const text = withoutComments(readFileSync(file, 'utf8'));
    for (const [, path] of text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"]([^'"\s]+)['"]/g))
      if (path.startsWith('.')) visit(fileAt(join(dirname(file), path)));
      else if (!isBuiltin(path)) visit(resolved(path, dirname(file)));
  };
  visit(resolved(library, from));
  return [...found];
}

describe('code from a text', () => {
  test('B15: nothing of engine, server, gateway, and of what they are made from evaluates code', () => {
    expect(evaluators(planted)).toEqual(['packages/gateway/src/index.ts', 'packages/server/src/index.ts']);
    expect(evaluators(root)).toEqual([]);
    for (const name of CONTROL_PLANE)
      expect([...files(join(root, 'packages', name, 'src'), isOwn)], name).not.toHaveLength(0);
  });

  // Those that compile the schemas of our own sources (of the API and its routes) see no schema of anybody else.
  test('B15: the libraries that get schemas, patterns, mappings and bodies from outside evaluate no code', () => {
    for (const [name, libraries] of Object.entries(JUDGES))
      for (const library of libraries) {
        const seen = loaded(library, join(root, 'packages', name));
        expect(seen, library).not.toHaveLength(0);
        expect(seen.filter(evaluates), library).toEqual([]);
      }
  });

  test('the look at libraries sees: one that compiles is found', () => {
    expect(loaded('fastify', join(root, 'packages', 'server')).some(evaluates)).toBe(true);
  });
});
