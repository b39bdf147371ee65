// Guides are executed: files are written as they show them, commands run as they stand there, and what they print is
// what the guide says they print.

import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BIN = join(ROOT, 'packages', 'cli', 'bin', 'sluice.js');

interface Block {
  readonly language: string;
  /** File that the block is the content of. */
  readonly file: string;
  readonly text: string;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)[ ]?(.*)\n([\s\S]*?)^```$/gm)].map(([, language, file, text]) => ({
    language: language!,
    file: file!,
    text: text!,
  }));
}

describe('guides', () => {
  let p: TestPlatform;
  let directory: string;
  beforeAll(async () => {
    p = await testPlatform();
    directory = mkdtempSync(join(tmpdir(), 'sluice-guide-'));
    mkdirSync(join(directory, 'bin'));
    const npx = join(directory, 'bin', 'npx');
    writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`);
    chmodSync(npx, 0o755);
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await p.close();
  });

  function shell(command: string): Promise<{ code: number | null; out: string; err: string }> {
    const env = {
      ...process.env,
      PATH: `${join(directory, 'bin')}${delimiter}${process.env.PATH}`,
      SLUICE_URL: p.url,
      SLUICE_TOKEN: TOKEN,
    };
    const child = spawn('bash', ['-c', command], { cwd: directory, env });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }

  test('B6: topologies as code, command by command', async () => {
    const guide = readFileSync(join(ROOT, 'docs', 'guides', 'topologies-as-code.md'), 'utf8');
    let printed = '';
    let commands = 0;
    for (const { language, file, text } of blocksOf(guide)) {
      if (file !== '') {
        mkdirSync(dirname(join(directory, file)), { recursive: true });
        writeFileSync(join(directory, file), text);
      } else if (language === 'sh') {
        for (const command of text.trim().split('\n')) {
          const { code, out, err } = await shell(command);
          expect({ command, code, err }).toEqual({ command, code: 0, err: '' });
          printed = out;
          commands++;
        }
      } else if (language === 'text') expect(printed).toBe(text);
    }
    expect(commands).toBeGreaterThan(10);
  }, 300_000);
});
