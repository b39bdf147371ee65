// Everything that finds out who calls, put together: consumers, issuers, and the schemes in the order in which they are asked.

import type { Log } from '@sluice/engine';
import { IssuerBook } from '../issuers/issuer-book.ts';
import type { LineOptions } from '../issuers/issuer-line.ts';
import type { JwksTiming } from '../issuers/jwt.ts';
import type { Records, Sealer } from '../ports/ports.ts';
import { Revision } from '../replicas/revision.ts';
import type { AccessParts } from './access.ts';
import { ConsumerBook } from './consumer-book.ts';
import { DEFAULT_GUESSES, Guesses, type GuessLimits } from './guesses.ts';
import { LastUse } from './last-use.ts';
import { Passwords } from './passwords.ts';
import { ApiKeyScheme } from './schemes/api-key.ts';
import { BasicScheme } from './schemes/basic.ts';
import { CertificateScheme } from './schemes/certificate.ts';
import { SignatureScheme } from './schemes/signature.ts';
import { TokenScheme } from './schemes/token.ts';

export interface IdentificationTiming {
  /** How soon changes of other processes are seen. Default 1 s. */
  readonly lookMs?: number;
  /** How long an issuer may take to answer. Default 5 s. */
  readonly issuerMs?: number;
  readonly jwks?: Partial<JwksTiming>;
}

export interface IdentificationParts {
  readonly records: Records;
  readonly sealer: Sealer;
  readonly agent: LineOptions['agent'];
  readonly log: Log;
  readonly now: () => number;
  readonly guesses?: Partial<GuessLimits> | undefined;
  readonly timing?: IdentificationTiming | undefined;
}

const LOOK_MS = 1_000;
const WRITE_USES_MS = 60_000;

export interface Identification {
  readonly consumers: ConsumerBook;
  readonly issuers: IssuerBook;
  readonly access: AccessParts;
  /** @param alone  no other process uses these records */
  start(alone: boolean): Promise<void>;
  close(): Promise<void>;
}

export function createIdentification(parts: IdentificationParts): Identification {
  const { records, sealer, agent, log, now, timing = {} } = parts;
  const { lookMs = LOOK_MS, issuerMs: timeoutMs = 5_000 } = timing;
  const revision = new Revision(records, 'access', log);
  const passwords = new Passwords();
  const uses = new LastUse(records, log);
  const guesses = new Guesses({ ...DEFAULT_GUESSES, ...parts.guesses }, now);
  const consumers = new ConsumerBook({ records, revision, sealer, passwords, uses, now });
  const issuers = new IssuerBook({
    records,
    revision,
    sealer,
    consumers,
    log,
    line: { agent, timeoutMs, now },
    jwks: { maxAgeMs: 600_000, cooldownMs: 30_000, ...timing.jwks },
  });
  const load = async (): Promise<void> => {
    await Promise.all([consumers.load(), issuers.load()]);
  };
  return {
    consumers,
    issuers,
    access: {
      guesses,
      schemes: [
        new ApiKeyScheme(consumers),
        new TokenScheme(issuers, guesses),
        new BasicScheme(consumers, passwords, guesses),
        new SignatureScheme(consumers, now),
        // Last: it belongs to the connection, and says nothing where a request says something itself.
        new CertificateScheme(consumers),
      ],
    },
    async start(alone) {
      await Promise.all([load(), uses.start(WRITE_USES_MS)]);
      if (!alone) revision.watch(lookMs, load);
    },
    async close() {
      await revision.close();
      await uses.close();
    },
  };
}
