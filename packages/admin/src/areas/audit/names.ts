// Objects of the audit log by the names of people and tokens, where they are still there.

import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';

export type NameOf = (object: string) => string;

/** `users/ceffe4d1-…` is `users/Ben`; what is not known stays as it is. */
export function useObjectNames(): NameOf {
  const users = useQuery({ queryKey: ['users'], queryFn: () => api.users.list(), enabled: useMay('user:read') }).data;
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: () => api.tokens.list(),
    enabled: useMay('token:read'),
  }).data;
  const names = new Map<string, string>([
    ...(users?.items ?? []).map(({ id, name, email }) => [`users/${id}`, name || email] as const),
    ...(tokens?.items ?? []).map(({ id, name }) => [`tokens/${id}`, name] as const),
  ]);
  return (object) => {
    const [kind, id, ...rest] = object.split('/');
    const name = names.get(`${kind}/${id}`);
    return name === undefined ? object : [kind, name, ...rest].join('/');
  };
}
