// An authority that gives out certificates, for tests of mutual TLS.

import { createPrivateKey, webcrypto } from 'node:crypto';
import 'reflect-metadata'; // the next one wants it
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256, as `ab12…`. */
  readonly fingerprint: string;
}

export async function authority(name: string) {
  x509.cryptoProvider.set(webcrypto);
  const times = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) };
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const extensions = [new x509.BasicConstraintsExtension(true, 1, true)];
  const ca = await x509.X509CertificateGenerator.createSelfSigned(
    { name: `CN=${name}`, serialNumber: '01', keys, signingAlgorithm: ALGORITHM, extensions, ...times },
    webcrypto,
  );
  let serial = 1;
  return {
    ca: ca.toString('pem'),
    async issue(subject: string): Promise<Certificate> {
      const own = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const cert = await x509.X509CertificateGenerator.create(
        {
          subject,
          issuer: ca.subject,
          serialNumber: `0${++serial}`,
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          signingAlgorithm: ALGORITHM,
          extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
          ...times,
        },
        webcrypto,
      );
      const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey));
      const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      return {
        cert: cert.toString('pem'),
        key: key.export({ format: 'pem', type: 'pkcs8' }) as string,
        fingerprint: Buffer.from(await cert.getThumbprint('SHA-256')).toString('hex'),
      };
    },
  };
}
