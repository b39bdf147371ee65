// The page on applications and connectors says all there is, and nothing that is not.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guide, ROOT } from './testing/guide.ts';

/** Members that an author may write, from the source of the class. */
function membersOfApplication(): string[] {
  const source = readFileSync(join(ROOT, 'packages/sdk/src/application/application.ts'), 'utf8');
  const body = source.slice(source.indexOf('export abstract class Application'));
  const written = /^ {2}(?:abstract )?(?:readonly )?(?!get |async |#)(\w+)\??(?::|\()/gm;
  return [...body.matchAll(written)].map(([, name]) => name!).filter((name) => !/^(request|choicesOf)$/.test(name));
}

describe('the page on applications and connectors', () => {
  test('R21, R22, R35: it explains both, with a picture, and names every member an application may have', () => {
    const page = guide('applications-and-connectors.md');
    const members = membersOfApplication();
    expect(members).toContain('baseUrl');
    expect(members.filter((member) => !page.includes(`\`${member}\``))).toEqual([]);
    expect(page).toMatch(/```\n[\s\S]*four connectors, one endpoint each[\s\S]*```/);
  });
});
