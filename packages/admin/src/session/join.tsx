import { PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../frame/api.ts';
import { Problem } from '../parts/problem.tsx';
import { GateCard } from './gate-card.tsx';
import { GateForm } from './gate-form.tsx';

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
  return (
    <GateCard>
      {link.isPending && <Skeleton height={220} />}
      <Problem of={link.error} />
      {link.data && (
        <GateForm
          tab={invited ? 'Welcome' : 'New password'}
          title={invited ? 'Welcome to Sluice' : 'Set a new password'}
          text={`${invited ? 'You were invited as' : 'For'} ${link.data.email}.`}
          submit={invited ? 'Join' : 'Set the password'}
          act={accept}
        >
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
        </GateForm>
      )}
    </GateCard>
  );
}
