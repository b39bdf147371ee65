// Certificates and keys by the paths of their files, read and tried before a port is opened.

import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsFiles } from '@sluice/server';

interface Paths {
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string | undefined;
}

/** @throws Error naming the file that cannot be used, and why; never what is in it */
export function readTlsFiles(paths: Paths): TlsFiles {
  const cert = read(paths.cert);
  const key = read(paths.key);
  const clientCa = paths.clientCa === undefined ? undefined : read(paths.clientCa);
  tried(paths.cert, 'is no certificate in PEM', () => createSecureContext({ cert }));
  tried(paths.key, 'is no key in PEM, without a passphrase, of that certificate', () =>
    createSecureContext({ cert, key }),
  );
  if (clientCa !== undefined)
    tried(paths.clientCa!, 'has no certificate in PEM', () => {
      // The library passes over what it cannot read.
      if (!clientCa.includes('-----BEGIN CERTIFICATE-----')) throw new Error('there is none');
      createSecureContext({ ca: clientCa });
    });
  return { cert, key, clientCa };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function tried(path: string, otherwise: string, use: () => void): void {
  try {
    use();
  } catch (error) {
    throw new Error(`${path} ${otherwise}: ${(error as Error).message}`);
  }
}
