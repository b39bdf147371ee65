// Who is signed in, and what they may do.

import { ApiError } from '@sluice/client';
import { JOIN_PATH, type Scope, type SessionView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { Gate } from '../session/gate.tsx';
import { Join } from '../session/join.tsx';
import { api } from './api.ts';

export interface Session {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly scopes: ReadonlySet<Scope>;
}

const SessionContext = createContext<Session | null>(null);

export const SESSION = ['session'] as const;

/** Of the link that brought somebody here to set a password; null = none did. */
const linkToken = (): string | null =>
  window.location.pathname === JOIN_PATH && window.location.hash.length > 1 ? window.location.hash.slice(1) : null;

/** Shows the application to those who are signed in, and the way in to others. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: SESSION,
    queryFn: () => api.session.get(),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const [token, setToken] = useState(linkToken);
  const session = useMemo<Session | null>(() => (data === undefined ? null : sessionOf(data)), [data]);
  if (token !== null)
    return (
      <Join
        token={token}
        onDone={() => {
          // The token is used up, and must not stay in the history.
          window.history.replaceState(null, '', document.baseURI);
          setToken(null);
          void refetch();
        }}
      />
    );
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
