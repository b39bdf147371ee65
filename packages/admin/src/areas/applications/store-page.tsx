// Every application that workers offer.

import { SegmentedControl, Select, Skeleton, TextInput } from '@mantine/core';
import type { ApplicationView, InstallView } from '@sluice/protocol';
import { IconApps, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { LinkButton } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { plural } from '../../parts/words.ts';
import { AppLogo } from './app-logo.tsx';
import styles from './applications.module.css';
import { categoryLabel, offeredBy, READINESS, type Readiness, readinessOf, useWorkers } from './offer.ts';

interface Address extends Search {
  readonly find?: string | undefined;
  readonly show?: string | undefined;
  readonly category?: string | undefined;
}

/** The install that needs somebody most stands for all of an application. */
const URGENCY: readonly Readiness[] = ['broken', 'unauthorised', 'incomplete', 'off', 'ready'];

export function StorePage() {
  const [{ find = '', show = '', category }, setAddress] = useAddress<Address>();
  const { data, error, refetch } = useQuery({ queryKey: ['applications'], queryFn: () => api.applications.list() });
  const installs = useQuery({ queryKey: ['installs'], queryFn: () => api.installs.list() }).data?.items ?? [];
  const workers = useWorkers();
  const installsOf = ({ key }: ApplicationView): InstallView[] => installs.filter((one) => one.application === key);
  const categories = [...new Set((data?.items ?? []).flatMap((one) => one.categories))].sort();
  const found = (data?.items ?? []).filter((application) => {
    const { key, name, description = '', categories: own } = application;
    if (category !== undefined && !own.includes(category)) return false;
    if (!`${key} ${name} ${description} ${own.map(categoryLabel).join(' ')}`.toLowerCase().includes(find.toLowerCase()))
      return false;
    const installed = installsOf(application);
    if (show === 'installed') return installed.length > 0;
    if (show === 'attention') return installed.some((install) => !['ready', 'off'].includes(readinessOf(install)));
    return true;
  });
  return (
    <Page
      title="App store"
      description="Services that can be reached: each keeps credentials, signs requests, and brings its connectors."
      bar={
        <>
          <TextInput
            data-find
            aria-label="Application"
            placeholder="Find an application"
            leftSection={<IconSearch size={15} aria-hidden />}
            w={280}
            defaultValue={find}
            onChange={(event) => setAddress({ find: event.currentTarget.value || undefined })}
          />
          {categories.length > 0 && (
            <Select
              aria-label="Category"
              placeholder="All categories"
              w={190}
              clearable
              searchable
              data={categories.map((value) => ({ value, label: categoryLabel(value) }))}
              value={category ?? null}
              onChange={(value) => setAddress({ category: value ?? undefined })}
            />
          )}
          <SegmentedControl
            aria-label="Which"
            value={show}
            onChange={(value) => setAddress({ show: value || undefined })}
            data={[
              { value: '', label: 'All' },
              { value: 'installed', label: 'Installed' },
              { value: 'attention', label: 'Need somebody' },
            ]}
          />
        </>
      }
    >
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div className={styles.grid}>
          {Array.from({ length: 6 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cards that stand for nothing
            <Skeleton key={index} height={158} radius="lg" />
          ))}
        </div>
      )}
      {data && found.length === 0 && (
        <div className="card">
          {data.items.length === 0 ? (
            <EmptyState
              icon={IconApps}
              title="No worker offers an application"
              command="npm run connectors"
              action={
                <LinkButton to="/workers" search={{ register: 'link' }}>
                  Register a worker
                </LinkButton>
              }
            >
              Applications come with workers: one of yours that extends <code>Application</code>, or the worker of the
              ready connectors. As soon as it joins, they stand here.
            </EmptyState>
          ) : (
            <EmptyState
              icon={IconApps}
              title={show === 'attention' ? 'Everything is in order' : 'No application matches'}
            >
              {show === 'attention'
                ? 'No install lacks credentials or has to be authorised.'
                : 'Take away a part of the filter.'}
            </EmptyState>
          )}
        </div>
      )}
      <div className={styles.grid}>
        {found.map((application) => (
          <Card
            key={`${application.key} ${application.workers.join()}`}
            of={application}
            installs={installsOf(application)}
            actions={offeredBy(application, workers).length}
          />
        ))}
      </div>
    </Page>
  );
}

interface CardProps {
  readonly of: ApplicationView;
  readonly installs: readonly InstallView[];
  readonly actions: number;
}

function Card({ of, installs, actions }: CardProps) {
  const { key, name, description, categories, webhooks, methods, up, existing, workers } = of;
  const states = installs.map(readinessOf);
  const state = URGENCY.find((one) => states.includes(one));
  const brings = [
    actions > 0 ? plural(actions, 'action') : null,
    methods.length > 0 ? plural(methods.length, 'method') : null,
    webhooks.length > 0 ? plural(webhooks.length, 'event') : null,
  ].filter((one) => one !== null);
  return (
    <Link
      to={`/applications/${key}` as never}
      search={(existing ? { worker: workers[0] } : {}) as never}
      className={`card ${styles.app}`}
    >
      <div className={styles.top}>
        <AppLogo of={of} />
        <div className={styles.name}>
          <strong className="truncate">{name}</strong>
          <div className={styles.what} style={{ minHeight: 0 }}>
            {[...categories.map(categoryLabel), up ? workers.join(', ') : `${workers.join(', ')} is away`].join(' · ')}
          </div>
        </div>
      </div>
      <div className={styles.what}>{plainText(description) || 'It says nothing of itself.'}</div>
      <div className={styles.foot}>
        <span className="truncate">{brings.join(' · ') || 'credentials only'}</span>
        {state === undefined ? (
          <span>not installed</span>
        ) : (
          <Status
            of={READINESS[state].tone}
            label={installs.length > 1 ? `${READINESS[state].label}, ${installs.length} users` : READINESS[state].label}
          />
        )}
      </div>
    </Link>
  );
}

/** Markdown without its signs, for a line or two. */
const plainText = (markdown = ''): string =>
  markdown
    .replace(/<[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[#*_`>]/g, '')
    .slice(0, 240);
