// One consumer: what it may, for whom it acts, and its credentials.

import { Button, Group, Skeleton, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import type { ConsumerView } from '@sluice/protocol';

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { PageLink } from '../../parts/link.tsx';
import { OnOffActions } from '../../parts/on-off-actions.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import styles from './consumers.module.css';
import { Credentials } from './credentials.tsx';

export function ConsumerPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['gateway', 'consumer', name],
    queryFn: () => api.consumers.get(name),
  });
  if (data) return <Known key={data.changedAt} consumer={data} />;
  return (
    <Page title={name} crumbs={<Crumbs />}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton height={300} />}
    </Page>
  );
}

const Crumbs = () => (
  <PageLink to="/consumers" size="sm" c="dimmed">
    Consumers
  </PageLink>
);

function Known({ consumer }: { readonly consumer: ConsumerView }) {
  const { name, enabled, limits } = consumer;
  const navigate = useNavigate();
  const may = useMay('gateway:write');
  const [scopes, setScopes] = useState([...consumer.scopes]);
  const [description, setDescription] = useState(consumer.description);
  const [user, setUser] = useState(consumer.user);
  const [leaving, setLeaving] = useState(false);
  const changed =
    JSON.stringify(scopes) !== JSON.stringify(consumer.scopes) ||
    description !== consumer.description ||
    user !== consumer.user;
  const turn = (on: boolean): Promise<unknown> => (on ? api.consumers.enable : api.consumers.disable)(name);
  const before = {
    scopes: [...consumer.scopes],
    description: consumer.description,
    user: consumer.user,
    limits: [...limits],
    enabled,
  };
  const routes =
    useQuery({ queryKey: ['gateway', 'routes'], queryFn: () => api.gateway.routes.list() }).data?.items ?? [];
  const open = routes.filter(({ definition: { access } }) => {
    if ('public' in access) return false;
    return (
      access.scopes.every((scope) => consumer.scopes.includes(scope)) && (access.consumers?.includes(name) ?? true)
    );
  });
  return (
    <Page
      title={name}
      crumbs={<Crumbs />}
      heading={
        <>
          {name} <Status of={enabled ? 'enabled' : 'disabled'} />
        </>
      }
      actions={
        <OnOffActions
          on={enabled}
          label={enabled ? 'May call' : 'May not call'}
          said={enabled ? 'Its credentials open nothing now.' : 'It may call again.'}
          turn={turn}
          changes={['gateway']}
          disabled={!may}
          onRemove={() => setLeaving(true)}
        />
      }
    >
      <div className={styles.two}>
        <Credentials of={consumer} />
        <Stack>
          <Section title="What it may">
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void act({
                  run: () => api.consumers.update(name, { ...before, scopes, description, user }),
                  done: `${name} is changed.`,
                  undo: () => api.consumers.update(name, before),
                  changes: ['gateway'],
                });
              }}
            >
              <Stack gap="sm">
                <TagsInput label="Scopes" disabled={!may} value={scopes} onChange={setScopes} />
                <TextInput
                  label="Acts for"
                  description="User of the platform whose installs and limits hold."
                  disabled={!may}
                  value={user}
                  onChange={(event) => setUser(event.currentTarget.value)}
                />
                <Textarea
                  label="Description"
                  autosize
                  minRows={2}
                  disabled={!may}
                  value={description}
                  onChange={(event) => setDescription(event.currentTarget.value)}
                />
                <Group justify="flex-end">
                  <Button type="submit" disabled={!may || !changed || user === ''}>
                    Save
                  </Button>
                </Group>
              </Stack>
            </form>
          </Section>
          <Section title="Routes it can call">
            {open.length === 0 ? (
              <Text size="sm" c="dimmed">
                None asks for what it has.
              </Text>
            ) : (
              <Stack gap={6}>
                {open.map((route) => (
                  <Group key={route.name} gap="sm" wrap="nowrap">
                    <PageLink to={`/gateway/routes/${route.name}`} size="sm">
                      {route.name}
                    </PageLink>
                    <span className="mono truncate">
                      {route.definition.methods.join(' ')} {route.definition.path}
                    </span>
                  </Group>
                ))}
              </Stack>
            )}
          </Section>
        </Stack>
      </div>
      {leaving && (
        <Confirm
          title={`Remove ${name}?`}
          verb="Remove"
          run={() => api.consumers.remove(name)}
          done={`${name} is gone.`}
          changes={['gateway']}
          onClose={() => setLeaving(false)}
          onDone={() => void navigate({ to: '/consumers' })}
        >
          Its {consumer.credentials.length} credentials end at once: whatever calls with them is answered with 401. To
          stop it for a while, disable it instead.
        </Confirm>
      )}
    </Page>
  );
}
