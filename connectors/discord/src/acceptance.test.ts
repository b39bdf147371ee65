import { acceptance } from '@sluice/testing/acceptance';
import { describe, test } from 'vitest';
import { applications, steps } from './index.ts';
import { exchanges } from './testing/exchanges.ts';

describe('Discord', () => {
  const readme = new URL('../README.md', import.meta.url);
  for (const { title, run } of acceptance({ applications, steps, exchanges, readme })) test(title, run);
});
