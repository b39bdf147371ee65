import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { serviceAt } from '../index.ts';

const { CI } = process.env;
afterEach(() => {
  if (CI === undefined) delete process.env.CI;
  else process.env.CI = CI;
});

test('a test of a server runs where it is there; where only its program is, it may be left out, but not with CI', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  expect(await serviceAt({ port, programs: [] })).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  delete process.env.CI;
  expect(await serviceAt({ port, programs: ['node'] })).toBe(false);
  process.env.CI = 'true';
  expect(await serviceAt({ port, programs: ['node'] })).toBe(true);
  expect(await serviceAt({ port, programs: ['no-such-program'] })).toBe(false);
});
