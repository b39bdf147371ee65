// Who changed what, and how it was before.

import { Drawer, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconHistory, IconSearch } from '@sluice/icons';
import type { AuditEntryView, AuditQuery } from '@sluice/protocol';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Page } from '../../parts/page.tsx';
import { usePages } from '../../parts/pages.ts';
import { Section } from '../../parts/section.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { moment } from '../../parts/words.ts';
import styles from './audit.module.css';
import { differenceOf } from './difference.ts';
import { type NameOf, useObjectNames } from './names.ts';

interface Address extends Search {
  readonly object?: string | undefined;
  readonly outcome?: string | undefined;
  readonly open?: string | undefined;
}

const TONES = { done: 'up', refused: 'held', failed: 'failed' } as const;

const columnsOf = (nameOf: NameOf): readonly Column<AuditEntryView>[] => [
  { id: 'at', header: 'At', width: '120px', cell: ({ at }) => <Time at={at} /> },
  {
    id: 'who',
    header: 'Who',
    width: 'minmax(120px, 0.8fr)',
    cell: ({ who }) => <strong>{who.name || 'nobody'}</strong>,
  },
  { id: 'act', header: 'Did', width: 'minmax(140px, 1.6fr)', cell: ({ title }) => title },
  {
    id: 'object',
    header: 'To',
    width: 'minmax(140px, 1.2fr)',
    cell: ({ object }) => (
      <span className="mono" title={object}>
        {nameOf(object)}
      </span>
    ),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '110px',
    cell: ({ outcome }) => <Status of={TONES[outcome]} label={outcome} />,
  },
  { id: 'address', header: 'From', width: '130px', wide: true, cell: ({ address }) => address },
];

export function AuditPage() {
  const [{ object, outcome, open }, setAddress] = useAddress<Address>();
  const filter = {
    ...(object ? { object } : {}),
    ...(outcome ? { outcome: outcome as AuditEntryView['outcome'] } : {}),
  } satisfies AuditQuery;
  const pages = usePages(['audit', filter], (page) => api.audit.list({ ...filter, ...page }));
  const nameOf = useObjectNames();
  const chosen = pages.rows.find(({ seq }) => String(seq) === open);
  return (
    <Page
      title="Audit log"
      fill
      description="Every change that came by the API, and every one that was refused."
      bar={
        <>
          <TextInput
            data-find
            aria-label="Object"
            placeholder="Object, such as users/ or topologies/orders"
            leftSection={<IconSearch size={15} aria-hidden />}
            w={330}
            defaultValue={object ?? ''}
            onChange={(event) => setAddress({ object: event.currentTarget.value.trim() || undefined })}
          />
          <SegmentedControl
            aria-label="Outcome"
            value={outcome ?? ''}
            onChange={(value) => setAddress({ outcome: value || undefined })}
            data={[
              { value: '', label: 'All' },
              { value: 'done', label: 'Done' },
              { value: 'refused', label: 'Refused' },
              { value: 'failed', label: 'Failed' },
            ]}
          />
        </>
      }
    >
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : (
        <DataTable
          label="Changes"
          columns={columnsOf(nameOf)}
          rows={pages.rows}
          keyOf={({ seq }) => String(seq)}
          openKey={open}
          loading={pages.loading}
          more={pages.more}
          onRefresh={pages.onRefresh}
          onOpen={({ seq }) => setAddress({ open: String(seq) }, { push: true })}
          empty={
            <EmptyState icon={IconHistory} title="Nothing was changed">
              {Object.keys(filter).length > 0
                ? 'Take away a part of the filter.'
                : 'The first change by the API stands here.'}
            </EmptyState>
          }
        />
      )}
      {chosen && (
        <Drawer opened onClose={() => setAddress({ open: undefined })} title={chosen.title} size={640}>
          <Entry of={chosen} nameOf={nameOf} />
        </Drawer>
      )}
    </Page>
  );
}

function Entry({ of, nameOf }: { readonly of: AuditEntryView; readonly nameOf: NameOf }) {
  const { at, who, address, act, object, outcome, status, code, before, after } = of;
  const changes = differenceOf(before, after);
  const name = nameOf(object);
  return (
    <Stack gap="lg">
      <Facts
        of={[
          ['At', moment(at)],
          ['Who', who.kind === 'nobody' ? 'nobody who was known' : `${who.name} (${who.kind})`],
          ['From', address],
          ['Act', <code key="a">{act}</code>],
          name === object ? null : ['Object', name],
          [name === object ? 'Object' : 'Its id', <code key="o">{object}</code>],
          [
            'Outcome',
            <Status key="s" of={TONES[outcome]} label={`${outcome}, ${status}${code === null ? '' : ` ${code}`}`} />,
          ],
        ]}
      />
      <Section title="Before and after" note="Secrets are masked." flush>
        {changes.length === 0 ? (
          <Text size="sm" c="dimmed" px={18} pb={16}>
            Nothing that is shown became another.
          </Text>
        ) : (
          <dl className={styles.difference}>
            {changes.map(({ path, was, is }) => (
              <div key={path}>
                <dt className="mono">{path || 'the whole'}</dt>
                <dd>
                  {was !== undefined && <del>{was}</del>}
                  {is !== undefined && <ins>{is}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Section>
    </Stack>
  );
}
