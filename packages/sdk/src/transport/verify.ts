// Whether a request is the platform's: checked before anything of it is read as JSON.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { readSignature, SIGNATURE_HEADER, SIGNATURE_TOLERANCE_S, signedPrefix } from '@sluice/protocol';

export function signatureFault(
  secret: string,
  header: string | string[] | undefined,
  path: string,
  body: Buffer,
  now = Date.now(),
): string | null {
  const signature = typeof header === 'string' ? readSignature(header) : null;
  if (signature === null) return `The request has no ${SIGNATURE_HEADER}. Register this worker with "sign".`;
  if (Math.abs(now / 1000 - signature.seconds) > SIGNATURE_TOLERANCE_S)
    return `The request was signed more than ${SIGNATURE_TOLERANCE_S} s from now. Set the clocks of worker and platform.`;
  const own = createHmac('sha256', secret).update(signedPrefix(signature.seconds, path)).update(body).digest();
  for (const mac of signature.macs) if (timingSafeEqual(own, Buffer.from(mac, 'hex'))) return null;
  return 'The signature was made with another secret, or the request was changed on its way.';
}
