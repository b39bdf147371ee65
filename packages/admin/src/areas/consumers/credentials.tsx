// How a consumer proves who it is: keys, passwords, signing keys, client certificates.

import { Button, Group, Menu, Modal, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@sluice/icons';
import type { ConsumerView, CredentialKind, CredentialView } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { refresh } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Once } from '../../parts/once.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import styles from './consumers.module.css';

const KINDS: Readonly<Record<CredentialKind, string>> = {
  key: 'API key',
  basic: 'Password',
  hmac: 'Signing key',
  certificate: 'Certificate',
};
const DAY = 86_400_000;
const LIFETIMES = [
  { value: '', label: 'It does not end' },
  { value: String(30 * DAY), label: 'After 30 days' },
  { value: String(90 * DAY), label: 'After 90 days' },
  { value: String(365 * DAY), label: 'After a year' },
];

interface Made {
  readonly what: string;
  readonly value: string;
  readonly words: string;
}

export function Credentials({ of }: { readonly of: ConsumerView }) {
  const { name, credentials } = of;
  const may = useMay('gateway:write');
  const [adding, setAdding] = useState<CredentialKind | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [revoking, setRevoking] = useState<CredentialView | null>(null);
  return (
    <Section
      title="Credentials"
      note="Each ends on its own. Two at once let a client change over without a pause."
      actions={
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button
              size="xs"
              disabled={!may}
              leftSection={<IconPlus size={14} />}
              rightSection={<IconChevronDown size={14} />}
            >
              Add
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {Object.entries(KINDS).map(([kind, label]) => (
              <Menu.Item key={kind} onClick={() => setAdding(kind as CredentialKind)}>
                {label} …
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Stack gap="sm">
        {made !== null && (
          <Once what={made.what} value={made.value}>
            {made.words}
          </Once>
        )}
        {credentials.length === 0 && (
          <Text size="sm" c="dimmed">
            It has none yet, so it cannot call. An API key is the simplest.
          </Text>
        )}
        <div>
          {credentials.map((credential) => (
            <div key={credential.id} className={styles.credential}>
              <strong>{KINDS[credential.kind]}</strong>
              <span className="mono truncate">{credential.hint}</span>
              <Text size="sm" c="dimmed" component="span" className="truncate">
                {credential.lastUsedAt === null ? (
                  'never used'
                ) : (
                  <>
                    used <Time at={credential.lastUsedAt} />
                  </>
                )}
                {credential.expiresAt !== null && (
                  <>
                    , ends <Time at={credential.expiresAt} />
                  </>
                )}
              </Text>
              <Button
                size="compact-xs"
                variant="subtle"
                color="vermilion"
                disabled={!may}
                onClick={() => setRevoking(credential)}
              >
                Revoke …
              </Button>
            </div>
          ))}
        </div>
      </Stack>
      {adding !== null && (
        <AddCredential
          consumer={name}
          kind={adding}
          onClose={() => setAdding(null)}
          onMade={(secret) => {
            setAdding(null);
            setMade(secret);
            refresh(['gateway']);
          }}
        />
      )}
      {revoking !== null && (
        <Confirm
          title={`Revoke ${revoking.hint}?`}
          verb="Revoke"
          run={() => api.consumers.revoke(name, revoking.id)}
          done="It ended."
          changes={['gateway']}
          onClose={() => setRevoking(null)}
        >
          Whatever still calls with it is answered with 401 from now on
          {credentials.length === 1 ? `; ${name} has no other credential` : ''}.
        </Confirm>
      )}
    </Section>
  );
}

interface AddProps {
  readonly consumer: string;
  readonly kind: CredentialKind;
  readonly onClose: () => void;
  /** With what is shown only now, or null. */
  readonly onMade: (made: Made | null) => void;
}

function AddCredential({ consumer, kind, onClose, onMade }: AddProps) {
  const [lifetime, setLifetime] = useState('');
  const [user, setUser] = useState(consumer);
  const [password, setPassword] = useState('');
  const [proof, setProof] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const add = async (): Promise<Made | null> => {
    const ends = lifetime === '' ? {} : { expiresAt: Date.now() + Number(lifetime) };
    const { consumers } = api;
    switch (kind) {
      case 'key': {
        const { key } = await consumers.addKey(consumer, ends);
        return { what: 'The key', value: key, words: 'It goes along as x-api-key.' };
      }
      case 'hmac': {
        const { keyId, secret } = await consumers.addSigningKey(consumer, ends);
        return { what: 'The secret', value: secret, words: `Requests are signed with it (RFC 9421), keyid ${keyId}.` };
      }
      case 'basic':
        await consumers.addPassword(consumer, { user, password, ...ends });
        return null;
      case 'certificate':
        await consumers.addCertificate(
          consumer,
          proof.includes('=') ? { subject: proof, ...ends } : { fingerprint: proof, ...ends },
        );
        return null;
    }
  };
  return (
    <Modal opened onClose={onClose} title={`${KINDS[kind]} for ${consumer}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          setProblem(null);
          add()
            .then(onMade, setProblem)
            .finally(() => setBusy(false));
        }}
      >
        <Stack>
          {kind === 'basic' && (
            <>
              <TextInput
                label="User name"
                required
                value={user}
                onChange={(event) => setUser(event.currentTarget.value)}
              />
              <PasswordInput
                label="Password"
                description="At least 12 characters. It is not shown again."
                autoComplete="new-password"
                required
                minLength={12}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            </>
          )}
          {kind === 'certificate' && (
            <TextInput
              label="Fingerprint or subject"
              description="SHA-256 of the certificate, or its names, such as O=Shop,CN=till-7, then of any that the trusted authority gives out."
              required
              value={proof}
              onChange={(event) => setProof(event.currentTarget.value)}
            />
          )}
          <Select
            label="Ends"
            data={LIFETIMES}
            value={lifetime}
            allowDeselect={false}
            onChange={(value) => setLifetime(value ?? '')}
          />
          <Problem of={problem} />
          <Group justify="flex-end">
            <Button type="submit" loading={busy}>
              Add it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
