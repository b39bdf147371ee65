import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { ADMIN_PATH } from '@sluice/protocol';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../frame/api.ts';
import { Problem } from '../parts/problem.tsx';
import { GateCard } from './gate-card.tsx';

export interface SignInProps {
  /** People may also come in by the OpenID provider. */
  readonly oidc: boolean;
  readonly onDone: () => void;
}

export function SignIn({ oidc, onDone }: SignInProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  /** What the OpenID provider, or the way back from it, said. */
  const [said] = useState(() => new URLSearchParams(window.location.search).get('problem'));
  const signIn = useMutation({ mutationFn: () => api.session.signIn({ email, password }), onSuccess: onDone });
  useEffect(() => {
    document.title = 'Sign in · Sluice';
  }, []);
  return (
    <GateCard>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Stack gap="md">
          <div>
            <Title order={1}>Sign in</Title>
            <Text c="dimmed">Processes went on while you were away.</Text>
          </div>
          {said !== null && signIn.isIdle && (
            <Alert color="red" role="alert">
              {said}
            </Alert>
          )}
          <Problem of={signIn.error} />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={signIn.isPending} size="md" fullWidth>
            Sign in
          </Button>
          {oidc && (
            <Button
              component="a"
              variant="default"
              size="md"
              href={api.session.oidcPath(
                said === null ? window.location.pathname + window.location.search : ADMIN_PATH,
              )}
            >
              Sign in with your organisation
            </Button>
          )}
        </Stack>
      </form>
    </GateCard>
  );
}
