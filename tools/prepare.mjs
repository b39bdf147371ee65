// Runs before `npm start`, `npm test` and the bench: installs what is missing and builds what is stale, so that a fresh
// clone needs no further step. Node built-ins only, because nothing is installed yet. Says nothing when all is well.
//
// With `start` it does what the platform needs and no more, because somebody waits for it: no packages that only tests and
// connectors need, no build of those, and no check of types, which every other command makes up for.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const at = (...path) => join(root, ...path);
const LEAST_NODE = [20, 19];
const WEB = 'packages/admin';
const FOR_START = process.argv[2] === 'start';
/** What runs after `npm start`: the platform, its command line, its web application. */
const STARTED = ['apps/standalone', 'packages/cli', WEB];
/** What the web application is made of, the packages that it takes from their sources included. */
const WEB_SOURCES = [
  'package-lock.json',
  `${WEB}/index.html`,
  `${WEB}/vite.config.ts`,
  `${WEB}/src`,
  'packages/client/src',
  'packages/icons/src',
  'packages/protocol/src',
  'packages/topology/src',
  'packages/topology-editor/src',
];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  fail(
    `Sluice needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
}

function install() {
  const installed = at('node_modules', '.package-lock.json');
  // npm writes this file last, so it is older than the lockfile exactly when something is missing.
  const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
  if (fresh && (FOR_START || isComplete(installed))) return;
  console.log('Installing what is missing (npm ci); this takes a moment the first time …');
  // Where tests were run they will be again.
  const part =
    FOR_START && !existsSync(at('node_modules', 'vitest'))
      ? ['--omit=dev', '--include-workspace-root', ...STARTED.map((path) => `--workspace=${path}`)]
      : [];
  run('npm', ['ci', ...part, '--no-audit', '--no-fund', '--loglevel=error']);
}

/** False after an install for `npm start`. */
function isComplete(installed) {
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const there = packagesOf(installed);
  return Object.entries(packagesOf(at('package-lock.json'))).every(
    ([path, { optional }]) => path === '' || optional || path in there,
  );
}

/** The compiler and the build of the web application read the same sources and do not wait for each other. */
async function build() {
  const projects = FOR_START
    ? closure(STARTED.filter((path) => path !== WEB))
    : closure(['.']).filter((path) => path !== '.');
  const newest = newestSource(projects);
  const stamp = FOR_START ? '.sluice-start-build' : '.sluice-build';
  const web = Math.max(...WEB_SOURCES.flatMap((path) => [...changes(at(path))]));
  const parts = [];
  if (
    isStale(
      FOR_START ? [stamp, '.sluice-build'] : [stamp],
      newest,
      projects.map((project) => at(project, 'dist')),
    )
  ) {
    for (const project of projects) removeOrphans(project);
    const args = FOR_START ? ['-b', '--noCheck', ...projects] : ['-b'];
    parts.push([stamp, at('node_modules', 'typescript-7', 'bin', 'tsc'), args, root]);
  }
  if (isStale(['.sluice-web-build'], web, [at(WEB, 'dist-web')]))
    parts.push([
      '.sluice-web-build',
      at('node_modules', 'vite', 'bin', 'vite.js'),
      ['build', '--logLevel=warn'],
      at(WEB),
    ]);
  if (parts.length === 0) return;
  console.log('Building …');
  const began = Date.now();
  const codes = await Promise.all(
    parts.map(
      ([stamp, script, args, cwd]) =>
        new Promise((resolve) => {
          spawn(process.execPath, [script, ...args], { cwd, stdio: 'inherit' }).on('exit', (code) => {
            if (code === 0) writeFileSync(at('node_modules', stamp), String(began));
            resolve(code);
          });
        }),
    ),
  );
  if (codes.some((code) => code !== 0)) process.exit(1);
}

/** @param stamps  files that say when it was built, in one way or another */
function isStale(stamps, newest, outputs) {
  const built = stamps
    .map((stamp) => at('node_modules', stamp))
    .map((file) => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0));
  return Math.max(...built) < newest || !outputs.every((output) => existsSync(output));
}

function* changes(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) yield statSync(path).mtimeMs;
  else for (const file of files(path)) yield statSync(file).mtimeMs;
}

/** Projects of the compiler with all that they stand on. */
function closure(projects, found = new Set()) {
  for (const project of projects) {
    if (found.has(project)) continue;
    found.add(project);
    const { references = [] } = JSON.parse(readFileSync(at(project, 'tsconfig.json'), 'utf8'));
    closure(
      references.map(({ path }) => relative(root, at(project, path)).replaceAll('\\', '/')),
      found,
    );
  }
  return [...found];
}

/** Newest change of anything the build reads. */
function newestSource(projects) {
  const times = [at('tsconfig.base.json'), at('tsconfig.json'), at('package-lock.json')].map(
    (file) => statSync(file).mtimeMs,
  );
  for (const project of projects) {
    times.push(statSync(at(project, 'package.json')).mtimeMs);
    for (const file of files(at(project, 'src'))) times.push(statSync(file).mtimeMs);
  }
  return Math.max(...times);
}

/** Output whose source is gone would still be found by the test runner. */
function removeOrphans(project) {
  const dist = at(project, 'dist');
  if (!existsSync(dist)) return;
  let orphans = 0;
  for (const file of files(dist)) {
    const source = join(at(project, 'src'), relative(dist, file).replace(/\.(d\.ts|js)(\.map)?$/, ''));
    if (existsSync(`${source}.ts`) || existsSync(`${source}.tsx`)) continue;
    rmSync(file);
    orphans++;
  }
  // The compiler believes its own notes, which now are wrong.
  if (orphans > 0) rmSync(at(project, 'tsconfig.tsbuildinfo'), { force: true });
  else if (!existsSync(dist)) mkdirSync(dist);
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) fail(`${command} could not be run: ${error.message}`);
  if (status !== 0) process.exit(1);
}

function fail(message) {
  console.error(message);
  process.exit(3);
}

checkNode();
install();
await build();
