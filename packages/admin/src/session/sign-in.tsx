import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
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
              href={api.session.oidcPath(window.location.pathname + window.location.search)}
            >
              Sign in with your organisation
            </Button>
          )}
        </Stack>
      </form>
    </GateCard>
  );
}
