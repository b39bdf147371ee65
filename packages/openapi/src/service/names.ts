// Names of connectors, from what a description calls its operations.

import { slugOf } from '../contract/names.ts';

const VERBS = new Set(
  'add approve archive cancel check close complete confirm convert copy count create delete disable download edit enable execute export find get import invite list lock mark merge move patch post publish put query read reject remove rename replace reset restore resume retrieve revoke run search send set show start stop submit subscribe sync test transfer undelete unlock unsubscribe update upload upsert validate verify'.split(
    ' ',
  ),
);

/** `listPets` → `list-pets`; `issues/list-for-repo` → `list-issues-for-repo`: the verb comes first. */
export function operationName(operationId: unknown, method: string, path: string): string {
  const id = typeof operationId === 'string' ? operationId : '';
  const [group, ...more] = id
    .split(/[/._:#]/)
    .map(slugOf)
    .filter(Boolean);
  const [verb, ...rest] = more.join('-').split('-');
  if (group && verb && VERBS.has(verb) && !VERBS.has(group.split('-')[0]!))
    return [verb, group, ...rest].join('-').slice(0, 80).replace(/-+$/, '');
  return slugOf(id) || slugOf(`${method} ${path}`) || method.toLowerCase();
}
