// The stock service: an ordinary HTTP service with a life of its own, which joins the platform with one import and one call.

import { createServer } from 'node:http';
import { join, type Link } from '@sluice/sdk';
import { BookStock } from '../steps/book-stock.ts';
import { Shelves } from './shelves.ts';

export interface StockService {
  readonly url: string;
  readonly shelves: Shelves;
  /** Join a platform; everything else about the service stays as it was. */
  joinPlatform(url: string, token: string): Link;
  close(): Promise<void>;
}

export async function startStock(): Promise<StockService> {
  const shelves = new Shelves();
  const server = createServer((request, response) => {
    const known = request.method === 'GET' && request.url === '/stock';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? shelves.levels() : { error: 'not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  let link: Link | null = null;
  return {
    url: `http://127.0.0.1:${port}`,
    shelves,
    joinPlatform(url, token) {
      link = join({ url, token, steps: [new BookStock(shelves)], onState: () => {} });
      return link;
    },
    async close() {
      await link?.drain();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
