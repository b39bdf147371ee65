// Parts of the platform that may be left out: their routes are there and say so.

import type { SluiceError } from '@sluice/protocol';
import type { FastifyInstance } from 'fastify';

/** @param fault  the answer of every route of this scope when the part is off */
export function onlyIf(app: FastifyInstance, on: boolean, fault: () => SluiceError): void {
  if (!on) app.addHook('preParsing', (_request, _reply, _payload, done) => done(fault()));
}
