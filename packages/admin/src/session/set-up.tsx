import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../frame/api.ts';
import { Problem } from '../parts/problem.tsx';
import { GateCard } from './gate-card.tsx';

export interface SetUpProps {
  /** Who asks must know the code that the platform printed when it started. */
  readonly codeNeeded: boolean;
  readonly onDone: () => void;
}

export function SetUp({ codeNeeded, onDone }: SetUpProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const setUp = useMutation({
    mutationFn: () => api.setup.make({ name, email, password, ...(codeNeeded ? { code } : {}) }),
    onSuccess: onDone,
  });
  useEffect(() => {
    document.title = 'Set up · Sluice';
  }, []);
  return (
    <GateCard>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setUp.mutate();
        }}
      >
        <Stack gap="md">
          <div>
            <Title order={1}>Welcome. Make the first account.</Title>
            <Text c="dimmed">It may do everything, and invite others. There is nothing else to set up.</Text>
          </div>
          <Problem of={setUp.error} />
          <TextInput
            label="Name"
            autoComplete="name"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
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
            description="At least 10 characters, and not your e-mail; a sentence is fine."
            autoComplete="new-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {codeNeeded && (
            <TextInput
              label="Set-up code"
              description="Sluice printed it where it was started."
              autoComplete="off"
              required
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          <Button type="submit" loading={setUp.isPending} size="md" fullWidth>
            Make the account
          </Button>
        </Stack>
      </form>
    </GateCard>
  );
}
