// The own account with its sessions, the keys that everything is sealed under, and which platform this is.

import { Anchor, Button, Group, PasswordInput, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { IconKey } from '@sluice/icons';
import type { SecretsRotated } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay, useSession } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyId } from '../../parts/copy-id.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Page } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { count } from '../../parts/words.ts';
import { Configuration } from './configuration.tsx';
import { Keeping } from './keeping.tsx';

export function SettingsPage() {
  const { email } = useSession();
  const mayRotate = useMay('secret:rotate');
  const mayConfigure = useMay('configuration:read');
  return (
    <Page title="Settings" description="Your account, and how this platform is set up.">
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {email !== '' && <Sessions />}
        {email !== '' && <Password />}
        {mayRotate && <Keys />}
        {mayConfigure && <Keeping />}
      </SimpleGrid>
      <About />
      {mayConfigure && <Configuration />}
    </Page>
  );
}

function Sessions() {
  const { data, error } = useQuery({ queryKey: ['sessions'], queryFn: () => api.session.list() });
  const end = (run: () => Promise<unknown>, done: string): void => void act({ run, done, changes: ['sessions'] });
  return (
    <Section
      title="Where you are signed in"
      actions={
        (data?.items.length ?? 0) > 1 && (
          <Button
            size="xs"
            variant="default"
            onClick={() => end(() => api.session.endOthers(), 'All others have ended.')}
          >
            End all others
          </Button>
        )
      }
    >
      <Problem of={error} />
      {!data && !error && <Skeleton height={60} />}
      <Stack gap="sm">
        {(data?.items ?? []).map(({ id, current, address, userAgent, lastSeenAt }) => (
          <Group key={id} justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={500} truncate>
                {current ? 'Here' : browserOf(userAgent)}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {address}, seen <Time at={lastSeenAt} />
              </Text>
            </div>
            {!current && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                onClick={() => end(() => api.session.end(id), 'It ended.')}
              >
                End
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Section>
  );
}

/** What a person calls their browser. */
function browserOf(userAgent: string): string {
  const name = /(Firefox|Edg|Chrome|Safari)\//.exec(userAgent)?.[1] ?? 'Some program';
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(userAgent)?.[1];
  return `${name === 'Edg' ? 'Edge' : name}${system ? ` on ${system}` : ''}`;
}

function Password() {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const change = async (): Promise<void> => {
    setProblem(null);
    try {
      await api.session.changePassword({ password, ...(current === '' ? {} : { current }) });
      setCurrent('');
      setPassword('');
      await act({
        run: async () => {},
        done: 'Your password is changed; all other sessions have ended.',
        changes: ['sessions'],
      });
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Section title="Your password">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            description="Several words are easy to remember."
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Problem of={problem} />
          <Group justify="flex-end">
            <Button type="submit" disabled={password === ''}>
              Change it
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Keys() {
  const [asked, setAsked] = useState(false);
  const [rotated, setRotated] = useState<SecretsRotated | null>(null);
  return (
    <Section
      title="Keys"
      note="Secrets are sealed under the master key, SLUICE_SECRET_KEY. To change it, start with the new one and the former one beside it, then seal everything anew."
      actions={
        <Button size="xs" variant="default" leftSection={<IconKey size={15} />} onClick={() => setAsked(true)}>
          Seal everything anew …
        </Button>
      }
    >
      {rotated === null ? (
        <Text size="sm" c="dimmed">
          What is sealed under the present key already stays as it is.
        </Text>
      ) : (
        <Facts inline of={Object.entries(rotated).map(([name, number]) => [name, count(number)] as const)} />
      )}
      {asked && (
        <Confirm
          title="Seal everything anew?"
          verb="Seal anew"
          harmless
          run={() => api.secrets.rotate()}
          done="Everything is sealed under the present key; former ones can go."
          onClose={() => setAsked(false)}
          onDone={setRotated}
        >
          Every secret that is sealed under a former key is opened and sealed under the present one. Nothing stops
          meanwhile.
        </Confirm>
      )}
    </Section>
  );
}

function About() {
  const { data } = useQuery({ queryKey: ['platform'], queryFn: () => api.platform() });
  return (
    <Section title="This platform">
      <Facts
        inline
        of={[
          ['Address', <CopyId key="a" id={window.location.origin} />],
          ['Id', data ? <CopyId key="i" id={data.id} /> : '…'],
          [
            'API',
            <Anchor key="d" href="/docs" size="sm">
              Page of the API
            </Anchor>,
          ],
          ['Metrics', <code key="m">/metrics</code>],
        ]}
      />
    </Section>
  );
}
