// What somebody would write who needs a proxy and nothing more: Node.js's server and a pool of undici. The process of it.

import { createServer } from 'node:http';
import { pipeline } from 'node:stream';
import { Pool } from 'undici';

const pool = new Pool(process.argv[2]!, { connections: 256, pipelining: 1 });

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  const { connection: _, host: __, ...headers } = request.headers;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  delete headers['transfer-encoding'];
  pool
    .request({ path: request.url!, method: request.method as 'GET', headers, body: hasBody ? request : null })
    .then((answer) => {
      const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = answer.headers;
      response.writeHead(answer.statusCode, kept);
      pipeline(answer.body, response, () => {});
    })
    .catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
