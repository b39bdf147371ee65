// Who is told of what, and how; and what became of it.

import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { Page } from '../../parts/page.tsx';
import { ChannelEditor } from './channel-editor.tsx';
import { Channels } from './channels.tsx';
import { Deliveries } from './deliveries.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { Rules } from './rules.tsx';

interface Address extends Search {
  readonly tab?: string | undefined;
  /** Name of the open one, or `new`. */
  readonly rule?: string | undefined;
  readonly channel?: string | undefined;
}

export function NotificationsPage() {
  const [{ tab = 'rules', rule, channel }, setAddress] = useAddress<Address>();
  const may = useMay('notification:write');
  const rules = useQuery({ queryKey: ['notifications', 'rules'], queryFn: () => api.notifications.rules() }).data;
  const channels = useQuery({
    queryKey: ['notifications', 'channels'],
    queryFn: () => api.notifications.channels(),
  }).data;
  const add = (label: string, what: Address) => (
    <Button leftSection={<IconPlus size={16} />} disabled={!may} onClick={() => setAddress(what, { push: true })}>
      {label}
    </Button>
  );
  const addRule = add('New rule', { rule: 'new' });
  const addChannel = add('New channel', { channel: 'new' });
  const openRule = rules?.items.find(({ name }) => name === rule);
  const openChannel = channels?.items.find(({ name }) => name === channel);
  return (
    <Page
      title="Notifications"
      fill
      description="Who is told when something needs a person. Many things at once are one message."
      actions={tab === 'channels' ? addChannel : tab === 'rules' ? addRule : undefined}
    >
      <Tabs
        className="tabs-fill"
        value={tab}
        onChange={(value) => setAddress({ tab: value ?? undefined })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
          <Tabs.Tab value="channels">Channels</Tabs.Tab>
          <Tabs.Tab value="deliveries">Deliveries</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rules" pt="md">
          <Rules onOpen={(name) => setAddress({ rule: name }, { push: true })} add={addRule} />
        </Tabs.Panel>
        <Tabs.Panel value="channels" pt="md">
          <Channels onOpen={(name) => setAddress({ channel: name }, { push: true })} add={addChannel} />
        </Tabs.Panel>
        <Tabs.Panel value="deliveries" pt="md">
          <Deliveries />
        </Tabs.Panel>
      </Tabs>
      {(rule === 'new' || openRule) && (
        <RuleEditor
          key={rule}
          rule={rule === 'new' ? null : (openRule ?? null)}
          onClose={() => setAddress({ rule: undefined })}
        />
      )}
      {(channel === 'new' || openChannel) && (
        <ChannelEditor
          key={channel}
          channel={channel === 'new' ? null : (openChannel ?? null)}
          onClose={() => setAddress({ channel: undefined })}
        />
      )}
    </Page>
  );
}
