// All processes, newest first, filtered; and acts for all that match.

import { Button, Group, Menu, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconChevronDown, IconPlayerPlay, IconPlayerStop, IconRoute } from '@sluice/icons';
import type { ProcessFilterRequest, ProcessView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { BulkDialog } from '../../parts/bulk-dialog.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { usePages } from '../../parts/pages.ts';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { type ToVersion, ToVersionChoice } from '../../parts/to-version.tsx';
import { COLUMNS } from './columns.tsx';

type Address = { topology?: string; status?: string; user?: string; key?: string; since?: string };

const SINCE: Readonly<Record<string, { readonly label: string; readonly ms: number }>> = {
  '1h': { label: 'Last hour', ms: 3_600_000 },
  '24h': { label: 'Last day', ms: 86_400_000 },
  '7d': { label: 'Last week', ms: 604_800_000 },
};

export function ListPage() {
  const [{ topology, status, user, key, since }, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const mayAct = useMay('process:write');
  const [bulk, setBulk] = useState<'replay' | 'cancel' | null>(null);
  const [to, setTo] = useState<ToVersion | null>(null);
  // The beginning of a span stands still while it is looked at, or every page would be of another list.
  const startedFrom = useMemo(() => (since && SINCE[since] ? Date.now() - SINCE[since].ms : undefined), [since]);
  const filter: ProcessFilterRequest = {
    ...(topology ? { topology } : {}),
    ...(status ? { status: status as ProcessView['status'] } : {}),
    ...(user ? { user } : {}),
    ...(key ? { businessKey: key } : {}),
    ...(startedFrom ? { startedFrom } : {}),
  };
  const filtered = Object.keys(filter).length > 0;
  const pages = usePages(['processes', 'list', filter], (page) => api.processes.list({ ...filter, ...page }));
  const { data: versions } = useQuery({ queryKey: ['topologies'], queryFn: () => api.topologies.list() });
  const names = [...new Set(versions?.items.map(({ name }) => name))].sort();

  return (
    <Page
      title="Processes"
      fill
      actions={
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button
              variant="default"
              rightSection={<IconChevronDown size={15} />}
              disabled={!mayAct || pages.rows.length === 0}
            >
              All that match
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => setBulk('replay')}>
              Run again …
            </Menu.Item>
            <Menu.Item leftSection={<IconPlayerStop size={16} />} onClick={() => setBulk('cancel')}>
              Cancel those that run …
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
      bar={
        <Group gap="xs">
          <SegmentedControl
            aria-label="Status"
            value={status ?? ''}
            onChange={(value) => setAddress({ status: value || undefined })}
            data={[
              { value: '', label: 'All' },
              { value: 'running', label: 'Running' },
              { value: 'completed', label: 'Completed' },
              { value: 'failed', label: 'Failed' },
              { value: 'cancelled', label: 'Cancelled' },
            ]}
          />
          <Select
            aria-label="Topology"
            placeholder="Every topology"
            data={names}
            value={topology ?? null}
            clearable
            searchable
            w={190}
            onChange={(value) => setAddress({ topology: value ?? undefined })}
          />
          <Select
            aria-label="Started"
            placeholder="Any time"
            data={Object.entries(SINCE).map(([value, { label }]) => ({ value, label }))}
            value={since ?? null}
            clearable
            w={130}
            onChange={(value) => setAddress({ since: value ?? undefined })}
          />
          <TextInput
            data-find
            aria-label="Business key"
            placeholder="Business key"
            w={160}
            defaultValue={key ?? ''}
            onChange={(event) => setAddress({ key: event.currentTarget.value.trim() || undefined })}
          />
          <TextInput
            aria-label="User"
            placeholder="User"
            w={120}
            defaultValue={user ?? ''}
            onChange={(event) => setAddress({ user: event.currentTarget.value.trim() || undefined })}
          />
        </Group>
      }
    >
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : (
        <DataTable
          label="Processes"
          columns={COLUMNS}
          rows={pages.rows}
          keyOf={({ id }) => id}
          loading={pages.loading}
          more={pages.more}
          onRefresh={pages.onRefresh}
          onOpen={({ id }) => void navigate({ to: `/processes/${id}` })}
          empty={
            filtered ? (
              <EmptyState icon={IconRoute} title="No process matches">
                Take away a part of the filter. Ended processes are forgotten after the time that is set for them.
              </EmptyState>
            ) : (
              <EmptyState
                icon={IconRoute}
                title="No process has run yet"
                command={`curl -X POST ${window.location.origin}/run/TOPOLOGY/START -H "Authorization: Bearer $TOKEN" -d '{}'`}
              >
                A process begins when a message comes to a start node: by a call like this one, a webhook or a schedule.
                You can also run one from its topology.
              </EmptyState>
            )
          }
        />
      )}
      {bulk === 'replay' && (
        <BulkDialog
          verb="Run again"
          done="started again"
          one="process"
          many="processes"
          explanation="Each starts again as a new process with what came in at its start. The old ones stay as they are."
          run={(options) => api.processes.replayAll({ filter, ...options, ...(to ? { toVersion: to.toVersion } : {}) })}
          choice={{
            of: to,
            show: (foreseen) => (
              <ToVersionChoice
                topology={topology}
                own="Their own versions"
                chosen={to}
                onChoose={setTo}
                foreseen={foreseen?.foreseen}
              />
            ),
          }}
          changes={['processes', 'statistics']}
          onClose={() => {
            setBulk(null);
            setTo(null);
          }}
        />
      )}
      {bulk === 'cancel' && (
        <BulkDialog
          verb="Cancel"
          done="cancelled"
          one="process"
          many="processes"
          danger
          explanation="Those that still run end here; their messages are taken out of the queues. What they have done stays done."
          run={(options) => api.processes.cancelAll({ filter: { ...filter, status: 'running' }, ...options })}
          changes={['processes', 'statistics', 'trash', 'user-tasks']}
          onClose={() => setBulk(null)}
        />
      )}
    </Page>
  );
}
