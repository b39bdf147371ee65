// The ERP: a SOAP service of the usual temper. Sometimes slow, once in a while away, strict about blocked customers,
// and it knows a request it has seen before.

import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { listen } from 'soap';

export const ERP_WSDL = fileURLToPath(new URL('../../erp.wsdl', import.meta.url));

interface Request {
  readonly requestId: string;
  readonly orderId: string;
  readonly customer: string;
}

export interface Erp {
  readonly url: string;
  /** Sales orders made; a repeated request makes none. */
  readonly salesOrders: ReadonlyMap<string, string>;
  /** Requests turned away while it was down. */
  readonly turnedAway: () => number;
  close(): Promise<void>;
}

export interface ErpTemper {
  /** After this many answers it goes down once; 0 = never. */
  readonly downAfter: number;
  readonly downMs: number;
  /** Every n-th answer takes `slowMs`. */
  readonly slowEvery: number;
  readonly slowMs: number;
}

export const MOODY: ErpTemper = { downAfter: 50, downMs: 3_000, slowEvery: 20, slowMs: 300 };

export async function startErp(temper: ErpTemper = MOODY): Promise<Erp> {
  const salesOrders = new Map<string, string>();
  let answers = 0;
  let turnedAway = 0;
  let downUntil = 0;

  const createSalesOrder = (
    { requestId, orderId, customer }: Request,
    done: (answer: unknown) => void = () => {},
  ): void => {
    if (/^blocked/i.test(customer))
      throw {
        Fault: {
          faultcode: 'soap:Client',
          faultstring: `Customer "${customer}" is blocked. Ask accounting to release it, then replay the order.`,
        },
      };
    let salesOrder = salesOrders.get(requestId);
    if (!salesOrder) {
      salesOrder = `SO-${700_000 + salesOrders.size}`;
      salesOrders.set(requestId, salesOrder);
    }
    const answer = { salesOrder, orderId };
    answers++;
    if (answers === temper.downAfter) downUntil = Date.now() + temper.downMs;
    if (temper.slowEvery > 0 && answers % temper.slowEvery === 0) setTimeout(() => done(answer), temper.slowMs);
    else done(answer);
  };

  const server = createServer((_request, response) => {
    response.writeHead(404);
    response.end();
  });
  const wsdl = readFileSync(ERP_WSDL, 'utf8');
  const services = { Erp: { ErpPort: { CreateSalesOrder: createSalesOrder } } };
  await new Promise<void>((resolve, reject) => {
    listen(server, '/erp', services, wsdl, (error) => (error ? reject(error) : resolve()));
  });
  // While it is down it does not even look at requests.
  const [soapListener] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (Date.now() >= downUntil) {
      soapListener!(request, response);
      return;
    }
    turnedAway++;
    request.resume();
    response.writeHead(503, { 'content-type': 'text/html' });
    response.end('<html><body>The ERP is being restarted.</body></html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/erp`,
    salesOrders,
    turnedAway: () => turnedAway,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
