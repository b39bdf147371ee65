// A service comes in: its name here, what is typed there, and then its actions as they appear.

import { Button, Checkbox, Drawer, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { WorkerRegistered } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import type { Search } from '../../frame/search.ts';
import { refresh } from '../../parts/act.ts';
import { Once } from '../../parts/once.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Snippet } from '../../parts/snippet.tsx';
import { Joins } from './joins.tsx';
import { EXAMPLE_URL, existingParts, httpParts, type Joining, linkParts } from './snippets.ts';

export interface Address extends Search {
  readonly find?: string | undefined;
  /** Way by which a worker is being registered. */
  readonly register?: string | undefined;
}

export const WAYS = [
  { value: 'link', label: 'It dials in' },
  { value: 'http', label: 'It is called' },
  { value: 'existing', label: 'Made for Orchesty' },
] as const;

const EXPLAINED: Readonly<Record<string, string>> = {
  link: 'The service opens a connection to the platform and takes its work from there. It needs no port, no address and no route of its own; replicas share the work.',
  http: 'The platform calls the service at its address. For services that cannot keep a connection open, such as functions in a cloud.',
  existing:
    'A worker with the existing SDK runs as it is, by its address: connectors, batches, applications and methods.',
};
const PARTS = { link: linkParts, http: httpParts, existing: existingParts } as const;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export interface RegisterProps {
  readonly way: string;
  readonly onWay: (way: string) => void;
  readonly onClose: () => void;
}

export function RegisterDrawer({ way, onWay, onClose }: RegisterProps) {
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [sign, setSign] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [registered, setRegistered] = useState<WorkerRegistered | null>(null);
  const byUrl = way !== 'link';
  const wrongName =
    name !== '' && !NAME.test(name) ? 'Letters, digits, ".", "_" and "-", beginning with a letter or digit.' : null;
  const register = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.workers.register({
        name,
        ...(byUrl ? { url } : {}),
        ...(way === 'http' && sign ? { sign: true } : {}),
      });
      setRegistered(answer);
      refresh(['workers', 'applications']);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const joining: Joining = {
    name: registered?.name ?? name,
    token: registered?.token,
    platform: window.location.origin,
    url: url || undefined,
    secret: registered?.secret,
  };

  return (
    <Drawer opened onClose={onClose} title="Register a worker" size={640}>
      <Stack gap="lg">
        {registered === null ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void register();
            }}
          >
            <Stack>
              <SegmentedControl
                fullWidth
                aria-label="How it joins"
                value={way}
                onChange={onWay}
                data={WAYS.map((one) => ({ ...one }))}
              />
              <Text size="sm" c="dimmed">
                {EXPLAINED[way]}
              </Text>
              <TextInput
                label="Name"
                description="Nodes of topologies name it, so choose one that can stay."
                placeholder="greeter"
                required
                data-autofocus
                value={name}
                error={wrongName}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              {byUrl && (
                <TextInput
                  label="Address"
                  description="Where the platform reaches it."
                  placeholder={EXAMPLE_URL}
                  type="url"
                  required
                  value={url}
                  onChange={(event) => setUrl(event.currentTarget.value)}
                />
              )}
              {way === 'http' && (
                <Checkbox
                  label="Sign every call"
                  description="The service then takes calls of this platform only. The secret is shown once."
                  checked={sign}
                  onChange={(event) => setSign(event.currentTarget.checked)}
                />
              )}
              <Problem of={problem} />
              <Group justify="flex-end">
                <Button
                  type="submit"
                  loading={busy}
                  disabled={name === '' || wrongName !== null || (byUrl && url === '')}
                >
                  Register
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <>
            <Joins name={registered.name} />
            {registered.token !== undefined && way !== 'existing' && <Once what="The token" value={registered.token} />}
            {registered.secret !== undefined && (
              <Once what="The secret" value={registered.secret}>
                Requests to the service are signed with it.
              </Once>
            )}
          </>
        )}
        {(registered !== null || way !== 'existing' || name !== '') &&
          PARTS[way as keyof typeof PARTS](joining).map(({ title, text }) => (
            <Snippet key={title} title={title} label={title} text={text} />
          ))}
      </Stack>
    </Drawer>
  );
}
