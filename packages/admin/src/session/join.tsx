import { Button, PasswordInput, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../frame/api.ts';
import { Problem } from '../parts/problem.tsx';
import { GateCard } from './gate-card.tsx';

export interface JoinProps {
  /** Of the link that brought the person here. */
  readonly token: string;
  readonly onDone: () => void;
}

/** Where the link of an invitation or a reset leads: a password is set, and the person is in. */
export function Join({ token, onDone }: JoinProps) {
  const link = useQuery({ queryKey: ['link', token], queryFn: () => api.session.viewLink(token), retry: false });
  const [name, setName] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const invited = link.data?.kind === 'invitation';
  const shownName = name ?? link.data?.name ?? '';
  const accept = useMutation({
    mutationFn: () => api.session.acceptLink({ token, password, ...(invited ? { name: shownName } : {}) }),
    onSuccess: onDone,
  });
  useEffect(() => {
    document.title = invited ? 'Welcome · Sluice' : 'New password · Sluice';
  }, [invited]);
  return (
    <GateCard>
      {link.isPending && <Skeleton height={220} />}
      <Problem of={link.error} />
      {link.data && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            accept.mutate();
          }}
        >
          <Stack gap="md">
            <div>
              <Title order={1}>{invited ? 'Welcome to Sluice' : 'Set a new password'}</Title>
              <Text c="dimmed">
                {invited ? 'You were invited as ' : 'For '}
                {link.data.email}.
              </Text>
            </div>
            <Problem of={accept.error} />
            {invited && (
              <TextInput
                label="Name"
                autoComplete="name"
                required
                value={shownName}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
            <PasswordInput
              label="Password"
              description="At least 10 characters, and not your e-mail; a sentence is fine."
              autoComplete="new-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={accept.isPending} size="md" fullWidth>
              {invited ? 'Join' : 'Set the password'}
            </Button>
          </Stack>
        </form>
      )}
    </GateCard>
  );
}
