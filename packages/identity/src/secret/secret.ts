// Secrets that are shown once and kept as digests. They are 256 random bits, so a plain digest is enough.

import { createHash, randomBytes } from 'node:crypto';

/** @param kind  what it is, for whoever finds one: `slc` a token, `sls` a session, `sll` a link */
export const newSecret = (kind: 'slc' | 'sls' | 'sll'): string => `${kind}_${randomBytes(32).toString('base64url')}`;

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
