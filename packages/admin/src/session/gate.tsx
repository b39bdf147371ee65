// The way in: the first account of a new platform, or signing in.

import type { ApiError } from '@sluice/client';
import { useQuery } from '@tanstack/react-query';
import { api } from '../frame/api.ts';
import { ErrorState } from '../parts/states.tsx';
import { GateCard } from './gate-card.tsx';
import { SetUp } from './set-up.tsx';
import { SignIn } from './sign-in.tsx';

export function Gate({ problem, onSignedIn }: { readonly problem: ApiError | null; readonly onSignedIn: () => void }) {
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => api.setup.get(), retry: false });
  if (setup.isPending) return null;
  const wrong = setup.error ?? (problem && problem.status !== 401 ? problem : null);
  if (wrong)
    return (
      <GateCard>
        <ErrorState error={wrong} onRetry={onSignedIn} />
      </GateCard>
    );
  const { needed, codeNeeded, oidc } = setup.data!;
  return needed ? <SetUp codeNeeded={codeNeeded} onDone={onSignedIn} /> : <SignIn oidc={oidc} onDone={onSignedIn} />;
}
