// Guides are executed: files are written as they show them, commands run as they stand there, and what they print is
// what the guide says they print.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guide, pathWithNpx } from './testing/guide.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

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
  let path: string;
  beforeAll(async () => {
    p = await testPlatform();
    directory = mkdtempSync(join(tmpdir(), 'sluice-guide-'));
    path = pathWithNpx(directory);
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await p.close();
  });

  function shell(command: string): Promise<{ code: number | null; out: string; err: string }> {
    const env = {
      ...process.env,
      PATH: path,
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
    let printed = '';
    let commands = 0;
    for (const { language, file, text } of blocksOf(guide('topologies-as-code.md'))) {
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
