import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../frame/api.ts';
import { GateCard } from './gate-card.tsx';
import { GateForm } from './gate-form.tsx';

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
  return (
    <GateCard>
      <GateForm
        tab="Set up"
        title="Welcome. Make the first account."
        text="It may do everything, and invite others. There is nothing else to set up."
        submit="Make the account"
        act={setUp}
      >
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
      </GateForm>
    </GateCard>
  );
}
