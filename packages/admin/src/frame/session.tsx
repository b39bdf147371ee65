// Who is signed in, and what they may do.

import { ApiError } from '@sluice/client';
import type { Scope, SessionView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { Gate } from '../session/gate.tsx';
import { api } from './api.ts';

export interface Session {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly scopes: ReadonlySet<Scope>;
}

const SessionContext = createContext<Session | null>(null);

export const SESSION = ['session'] as const;

/** Shows the application to those who are signed in, and the way in to others. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: SESSION,
    queryFn: () => api.session.get(),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const session = useMemo<Session | null>(() => (data === undefined ? null : sessionOf(data)), [data]);
  if (isPending) return null;
  if (session) return <SessionContext value={session}>{children}</SessionContext>;
  return <Gate problem={error instanceof ApiError ? error : null} onSignedIn={() => void refetch()} />;
}

function sessionOf({ account, token, role, scopes }: SessionView): Session {
  return {
    name: account?.name ?? token?.name ?? 'Token',
    email: account?.email ?? '',
    role: role ?? '',
    scopes: new Set(scopes as Scope[]),
  };
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session outside of the gate.');
  return session;
}

/** Whether the signed-in person may do something. It only decides what is offered: the server refuses on its own. */
export function useMay(scope: Scope): boolean {
  return useSession().scopes.has(scope);
}
