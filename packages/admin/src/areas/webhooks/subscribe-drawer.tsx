// Subscribe to an event of an application, for a user who has it.

import { Button, Drawer, Group, Select, Stack, Text } from '@mantine/core';
import { ApiError } from '@sluice/client';
import { checkForm, type Json } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { refresh } from '../../parts/act.ts';
import { FormFields, type Values } from '../../parts/form-fields.tsx';
import { LinkButton } from '../../parts/link.tsx';
import { Problem } from '../../parts/problem.tsx';
import type { Address } from './list-page.tsx';
import { useWebhookNodes } from './nodes.ts';

export interface SubscribeProps {
  readonly application: string | undefined;
  readonly event: string | undefined;
  readonly onChosen: (change: Address) => void;
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

export function SubscribeDrawer({ application, event, onChosen, onClose, onDone }: SubscribeProps) {
  const applications = useQuery({ queryKey: ['applications'], queryFn: () => api.applications.list() }).data?.items;
  const installs = useQuery({ queryKey: ['installs'], queryFn: () => api.installs.list() }).data?.items ?? [];
  const nodes = useWebhookNodes();
  const [user, setUser] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const able = (applications ?? []).filter(({ webhooks }) => webhooks.length > 0);
  const chosen = able.find(({ key }) => key === application);
  const wanted = chosen?.webhooks.find(({ name }) => name === event);
  const users = installs.filter((one) => one.application === application).map((one) => one.user);
  const whose = user !== null && users.includes(user) ? user : (users[0] ?? null);
  const form = wanted?.parameters;
  const wrong = form ? checkForm(form, values) : {};
  const told = problem instanceof ApiError ? problem.fields : {};
  const where = (nodes.data ?? []).find(({ topology, node }) => `${topology}/${node}` === target);
  const subscribe = async (): Promise<void> => {
    setTried(true);
    if (!application || !event || !whose || !where || Object.keys(wrong).length > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await api.webhooks.subscribe({
        application,
        event,
        user: whose,
        topology: where.topology,
        node: where.node,
        parameters: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
          string,
          Json
        >,
      });
      refresh(['webhooks']);
      onDone(id);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer opened onClose={onClose} title="Subscribe to an event" size={520}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          void subscribe();
        }}
      >
        <Stack>
          {applications && able.length === 0 && (
            <Text size="sm">No application that a worker offers tells of events. They come with the workers.</Text>
          )}
          <Select
            label="Application"
            placeholder="Which service tells"
            data={able.map(({ key, name }) => ({ value: key, label: name }))}
            value={application ?? null}
            searchable
            required
            onChange={(value) => onChosen({ subscribe: value ?? 'any', event: undefined })}
          />
          <Select
            label="Event"
            placeholder="What it tells of"
            data={(chosen?.webhooks ?? []).map(({ name, label }) => ({ value: name, label: label ?? name }))}
            value={event ?? null}
            description={wanted?.description}
            disabled={!chosen}
            searchable
            required
            onChange={(value) => {
              setValues({});
              onChosen({ event: value ?? undefined });
            }}
          />
          {chosen && users.length === 0 ? (
            <Group justify="space-between">
              <Text size="sm">{chosen.name} is installed for nobody yet.</Text>
              <LinkButton to={`/applications/${chosen.key}`} size="xs" variant="default">
                Install it
              </LinkButton>
            </Group>
          ) : (
            <Select
              label="User"
              description="Whose credentials it is subscribed with, and for whom the processes run."
              data={users}
              value={whose}
              disabled={!chosen}
              required
              allowDeselect={false}
              onChange={setUser}
            />
          )}
          <Select
            label="Starts"
            description="The webhook node of an enabled topology."
            placeholder={
              nodes.data?.length === 0 ? 'No enabled topology begins with a webhook node' : 'Topology and node'
            }
            data={(nodes.data ?? []).map(({ topology, node }) => ({
              value: `${topology}/${node}`,
              label: `${topology} / ${node}`,
            }))}
            value={target}
            searchable
            required
            error={tried && !where ? 'Choose where a delivery goes.' : undefined}
            onChange={setTarget}
          />
          {form && (
            <FormFields
              form={form}
              values={values}
              onChange={setValues}
              problems={tried ? { ...wrong, ...told } : told}
            />
          )}
          <Problem of={problem} />
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!application || !event || !whose}>
              Subscribe
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
