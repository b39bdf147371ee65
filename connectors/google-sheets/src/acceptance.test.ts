import { acceptance } from '@sluice/testing/acceptance';
import { describe, test } from 'vitest';
import { applications, steps } from './index.ts';

describe('Google Sheets', () => {
  const exchanges = new URL('../exchanges/', import.meta.url);
  const readme = new URL('../README.md', import.meta.url);
  for (const { title, run } of acceptance({ applications, steps, exchanges, readme })) test(title, run);
});
