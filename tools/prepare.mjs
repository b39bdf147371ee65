// Runs before `npm start`, `npm test` and the bench: installs what is missing and builds what is stale, so that a fresh
// clone needs no further step. Node built-ins only, because nothing is installed yet. Says nothing when all is well.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const at = (...path) => join(root, ...path);
const LEAST_NODE = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  fail(
    `Sluice needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
}

function install() {
  // npm writes this file last, so it is older than the lockfile exactly when something is missing.
  const installed = at('node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(at('package-lock.json')).mtimeMs) return;
  console.log('Installing what is missing (npm ci); this takes a moment the first time …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

function build() {
  const stamp = at('node_modules', '.sluice-build');
  const { newest, projects } = survey();
  const built = existsSync(stamp) ? Number(readFileSync(stamp, 'utf8')) : 0;
  if (built >= newest && projects.every((project) => existsSync(at(project, 'dist')))) return;
  for (const project of projects) removeOrphans(project);
  console.log('Building …');
  const began = Date.now();
  run(process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), '-b']);
  writeFileSync(stamp, String(began));
}

/** Newest change of anything the build reads, and the projects that have something to build. */
function survey() {
  const projects = JSON.parse(readFileSync(at('tsconfig.json'), 'utf8')).references.map((reference) => reference.path);
  const times = [at('tsconfig.base.json'), at('tsconfig.json'), at('package-lock.json')].map(
    (file) => statSync(file).mtimeMs,
  );
  for (const project of projects) {
    times.push(statSync(at(project, 'package.json')).mtimeMs);
    for (const file of files(at(project, 'src'))) times.push(statSync(file).mtimeMs);
  }
  return { newest: Math.max(...times), projects };
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
build();
