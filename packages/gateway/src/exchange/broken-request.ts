// What could not even be read as a request: answered in our form as well, then the connection ends.

import { maxHeaderSize, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SluiceError } from '@sluice/protocol';

/** @param headersMs  how long headers may take */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, headersMs: number): void {
  // An answer that has begun would go on with ours inside of it.
  const begun = (socket as { _httpMessage?: ServerResponse })._httpMessage?.headersSent === true;
  if (error.code === 'ECONNRESET' || !socket.writable || begun) {
    socket.destroy();
    return;
  }
  const [line, problem] = refusalOf(error, headersMs);
  const body = JSON.stringify(problem.toProblem());
  const head = [
    `HTTP/1.1 ${line}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  // What still comes is not read: the connection must not wait for it.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroySoon());
}

function refusalOf({ code, message }: NodeJS.ErrnoException, headersMs: number): readonly [string, SluiceError] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW': {
      const details = { bytes: maxHeaderSize, maxBytes: maxHeaderSize };
      return ['431 Request Header Fields Too Large', asAny(new SluiceError('request.headers_too_large', details))];
    }
    case 'ERR_HTTP_REQUEST_TIMEOUT': {
      const details = { part: 'headers', afterMs: headersMs } as const;
      return ['408 Request Timeout', asAny(new SluiceError('gateway.too_slow', details))];
    }
    default: {
      const problems = [`this is no HTTP request (${code ?? message})`];
      return ['400 Bad Request', asAny(new SluiceError('request.invalid', { problems }))];
    }
  }
}

const asAny = (error: unknown): SluiceError => error as SluiceError;
