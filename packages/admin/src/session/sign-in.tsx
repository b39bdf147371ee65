import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { ADMIN_PATH } from '@sluice/protocol';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../frame/api.ts';
import { GateCard } from './gate-card.tsx';
import { GateForm } from './gate-form.tsx';

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
  return (
    <GateCard>
      <GateForm
        tab="Sign in"
        title="Sign in"
        text="Processes went on while you were away."
        submit="Sign in"
        act={signIn}
        after={
          oidc && (
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
          )
        }
      >
        {said !== null && signIn.isIdle && (
          <Alert color="red" role="alert">
            {said}
          </Alert>
        )}
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
      </GateForm>
    </GateCard>
  );
}
