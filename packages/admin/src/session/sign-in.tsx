import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../frame/api.ts';
import { Problem } from '../parts/problem.tsx';
import { GateCard } from './gate-card.tsx';

export function SignIn({ onDone }: { readonly onDone: () => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({ mutationFn: () => api.session.start({ email, password }), onSuccess: onDone });
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
        </Stack>
      </form>
    </GateCard>
  );
}
