// Trash and user tasks: grouped by reason on the left, the messages on the right, one of them in a drawer.

import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconX } from '@sluice/icons';
import type { StepView, WaitingFilterRequest } from '@sluice/protocol';
import { useState } from 'react';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { BulkDialog } from '../../parts/bulk-dialog.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { usePages } from '../../parts/pages.ts';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { bytes } from '../../parts/words.ts';
import { Groups } from './groups.tsx';
import { type Kind, TASKS, TRASH } from './kinds.ts';
import { MessageDrawer } from './message-drawer.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import styles from './waiting-page.module.css';

export const TrashPage = () => <WaitingPage kind={TRASH} />;
export const TasksPage = () => <WaitingPage kind={TASKS} />;

type Address = { topology?: string; node?: string; code?: string; user?: string; processId?: string; message?: string };

const columnsOf = (kind: Kind): readonly Column<StepView>[] => [
  { id: 'when', header: 'Since', width: '70px', cell: ({ changedAt }) => <Time at={changedAt} /> },
  {
    id: 'node',
    header: 'Node',
    width: 'minmax(96px, 1.4fr)',
    cell: ({ topology, node }) => (
      <>
        <Text span c="dimmed" size="sm">
          {topology} /{' '}
        </Text>
        {node}
      </>
    ),
  },
  {
    id: 'reason',
    header: kind === TASKS ? 'Question' : 'Reason',
    width: 'minmax(100px, 3fr)',
    cell: ({ reason, task }) => task?.title ?? reason ?? 'To accept or reject',
  },
  { id: 'user', header: 'User', width: '110px', cell: ({ user }) => user, wide: true },
  ...(kind === TASKS
    ? []
    : [
        {
          id: 'attempt',
          header: 'Attempts',
          width: '72px',
          align: 'end',
          cell: ({ attempts }: StepView) => attempts.length || 1,
          wide: true,
        } as const,
      ]),
  { id: 'size', header: 'Size', width: '72px', align: 'end', cell: (row) => bytes(row.bytes), wide: true },
];
const COLUMNS = { [TRASH.id]: columnsOf(TRASH), [TASKS.id]: columnsOf(TASKS) };

function WaitingPage({ kind }: { readonly kind: Kind }) {
  const [{ message, ...address }, setAddress] = useAddress<Address>();
  const { topology, node, code, user, processId } = address;
  const filter: WaitingFilterRequest = Object.fromEntries(
    Object.entries({ topology, node, code, user, processId }).filter(([, value]) => value),
  );
  const filtered = Object.keys(filter).length > 0;
  const mayAct = useMay('message:write');
  const [bulk, setBulk] = useState<'onward' | 'away' | null>(null);
  const pages = usePages([kind.id, 'list', filter], (page) => kind.calls.list({ ...filter, ...page }));
  const act = bulk === null ? null : kind[bulk];
  const replaying = bulk === 'onward' && kind === TRASH;
  const everything = filtered ? 'all that match' : 'all';

  return (
    <Page
      title={kind.label}
      description={kind.description}
      fill
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconX size={16} />}
            disabled={!mayAct || pages.rows.length === 0}
            onClick={() => setBulk('away')}
          >
            {kind.away.verb} {everything}
          </Button>
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            disabled={!mayAct || pages.rows.length === 0}
            onClick={() => setBulk('onward')}
          >
            {kind.onward.verb} {everything}
          </Button>
        </>
      }
      bar={
        <Group gap="xs">
          <TextInput
            data-find
            aria-label="User"
            placeholder="User"
            w={150}
            defaultValue={user ?? ''}
            onChange={(event) => setAddress({ user: event.currentTarget.value || undefined })}
          />
          <TextInput
            aria-label="Id of a process"
            placeholder="Id of a process"
            w={290}
            defaultValue={processId ?? ''}
            onChange={(event) => setAddress({ processId: event.currentTarget.value.trim() || undefined })}
          />
          {filtered && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() =>
                setAddress({
                  topology: undefined,
                  node: undefined,
                  code: undefined,
                  user: undefined,
                  processId: undefined,
                })
              }
            >
              Clear the filter
            </Button>
          )}
        </Group>
      }
    >
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : (
        <div className={styles.split}>
          <Groups kind={kind} chosen={{ topology, node, code }} onChoose={(group) => setAddress(group)} />
          <DataTable
            label={kind.label}
            columns={COLUMNS[kind.id]!}
            rows={pages.rows}
            keyOf={({ id }) => id}
            loading={pages.loading}
            more={pages.more}
            onRefresh={pages.onRefresh}
            openKey={message}
            onOpen={({ id }) => setAddress({ message: id }, { push: true })}
            empty={
              <EmptyState icon={kind.icon} title={filtered ? 'Nothing matches' : kind.empty.title}>
                {filtered
                  ? 'Other messages may wait for other reasons: clear the filter to see them.'
                  : kind.empty.text}
              </EmptyState>
            }
          />
        </div>
      )}
      {message !== undefined && (
        <MessageDrawer
          key={message}
          kind={kind}
          id={message}
          onClose={() => setAddress({ message: undefined })}
          onNext={() => {
            const at = pages.rows.findIndex(({ id }) => id === message);
            setAddress({ message: pages.rows[at + 1]?.id });
          }}
        />
      )}
      {replaying && <ReplayDialog filter={filter} onClose={() => setBulk(null)} />}
      {act && !replaying && (
        <BulkDialog
          verb={act.verb}
          done={act.done}
          one={kind.one}
          many={kind.many}
          danger={bulk === 'away'}
          explanation={act.explanation}
          run={(options) =>
            bulk === 'away'
              ? kind.calls.discardAll({ ...filter, ...options })
              : kind.calls.replayAll({ ...filter, ...options })
          }
          changes={[kind.id, 'processes', 'process']}
          onClose={() => setBulk(null)}
        />
      )}
    </Page>
  );
}
