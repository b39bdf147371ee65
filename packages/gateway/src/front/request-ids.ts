// Ids of requests: 128 bits, a random beginning for this process and a count. Random bits for every request would cost more
// than all that is done with them.

import { randomBytes } from 'node:crypto';

export function requestIds(): () => string {
  const begin = randomBytes(10).toString('hex');
  let last = 0;
  return () => {
    last = (last + 1) % 0x1_0000_0000_0000;
    return begin + last.toString(16).padStart(12, '0');
  };
}
