// How connections of clients are made and how long they may take: the same for every port on which the gateway answers.

import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { answerBrokenRequest } from './broken-request.ts';

export interface ConnectionLimits {
  /** From the first byte of a request to the end of its headers. Default 60 s. */
  readonly headersMs?: number;
  /** How often it is looked for connections that are over their time. Default 15 s. */
  readonly lookMs?: number;
}

/** What the gateway proves with who it is, and whose certificates it takes from clients. */
export interface TlsFiles {
  /** PEM, with the chain. */
  readonly cert: string;
  readonly key: string;
  /** PEM of the authorities whose client certificates are believed. Without it clients are not asked for one. */
  readonly clientCa?: string | undefined;
}

/** A client without a certificate may come as well: routes decide whom they let in. */
export function connectionServer(
  answer: RequestListener,
  { headersMs = 60_000, lookMs = 15_000 }: ConnectionLimits = {},
  tls?: TlsFiles,
): Server {
  const options: ServerOptions = {
    keepAliveTimeout: 65_000,
    headersTimeout: headersMs,
    // Bodies may take as long as they go on; whoever reads one says when it does not.
    requestTimeout: 0,
    connectionsCheckingInterval: lookMs,
    // An absent Host is answered as every other wrong one.
    requireHostHeader: false,
    insecureHTTPParser: false,
  };
  const server = tls ? overTls(options, answer, tls) : createServer(options, answer);
  return server.on('clientError', (error, socket) => answerBrokenRequest(error, socket as Socket, headersMs));
}

function overTls(options: ServerOptions, answer: RequestListener, { cert, key, clientCa }: TlsFiles): Server {
  return createTlsServer(
    {
      ...options,
      cert,
      key,
      minVersion: 'TLSv1.2',
      ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: false }),
    },
    answer,
  );
}
