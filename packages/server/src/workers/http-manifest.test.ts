import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readManifest } from './http-manifest.ts';

test('an existing worker that answers every unknown path with a page is read by its lists, and gets no batches', async () => {
  const server = createServer((request, response) =>
    response.end(request.url?.endsWith('/list') ? JSON.stringify([{ name: request.url }]) : '<html>welcome</html>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { manifest, takesBatches, existing } = await readManifest('w', url, { headers: {}, sign: undefined });
  expect(takesBatches).toBe(false);
  expect(existing).toMatchObject({ generation: 4, applications: [], problem: expect.stringContaining('200') });
  expect(manifest.actions.map(({ kind, name }) => [kind, name])).toEqual([
    ['connector', '/connector/list'],
    ['batch', '/batch/list'],
    ['custom', '/custom-node/list'],
  ]);
});
