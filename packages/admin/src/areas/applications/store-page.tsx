// Every application that workers offer.

import { Button, Skeleton } from '@mantine/core';
import { IconApps, IconPlugConnected } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { LinkButton } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { plural } from '../../parts/words.ts';
import { AppLogo } from './app-logo.tsx';
import styles from './applications.module.css';
import { categoryLabel, offeredBy, READINESS, readinessOf, URGENCY, useWorkers } from './offer.ts';
import { NO_FILTER, StoreBar } from './store-bar.tsx';
import { matches, type Offer, type StoreAddress } from './store-filter.ts';

export function StorePage() {
  const [address, setAddress] = useAddress<StoreAddress>();
  const [clears, setClears] = useState(0);
  const clear = (): void => {
    setAddress(NO_FILTER);
    setClears((before) => before + 1);
  };
  const { data, error, refetch } = useQuery({ queryKey: ['applications'], queryFn: () => api.applications.list() });
  const installs = useQuery({ queryKey: ['installs'], queryFn: () => api.installs.list() }).data?.items ?? [];
  const workers = useWorkers();
  const offers = (data?.items ?? []).map(
    (application): Offer => ({
      application,
      installs: installs.filter((one) => one.application === application.key),
      actions: offeredBy(application, workers),
    }),
  );
  const found = offers.filter((offer) => matches(offer, address));
  const onlyAttention = address.show === 'attention' && Object.values(address).filter(Boolean).length === 1;
  return (
    <Page
      title="App store"
      description="Services that can be reached: each keeps credentials, signs requests, and brings its connectors."
      actions={
        <LinkButton to="/connections" variant="default" leftSection={<IconPlugConnected size={16} />}>
          Connections
        </LinkButton>
      }
      bar={<StoreBar key={clears} offers={offers} address={address} onChange={setAddress} onClear={clear} />}
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
              title={onlyAttention ? 'Everything is in order' : 'No application matches'}
              action={<Button onClick={clear}>Show all</Button>}
            >
              {onlyAttention
                ? 'No install lacks credentials or has to be authorised.'
                : 'Take away a part of the filter, or write the application yourself: it is one class.'}
            </EmptyState>
          )}
        </div>
      )}
      <div className={styles.grid}>
        {found.map((offer) => (
          <Card key={`${offer.application.key} ${offer.application.workers.join()}`} {...offer} />
        ))}
      </div>
    </Page>
  );
}

function Card({ application, installs, actions }: Offer) {
  const { key, name, description, webhooks, methods, up, existing, workers, package: origin, categories } = application;
  const states = installs.map(readinessOf);
  const state = URGENCY.find((one) => states.includes(one));
  const brings = [
    actions.length > 0 ? plural(actions.length, 'action') : null,
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
        <AppLogo of={application} />
        <div className={styles.name}>
          <strong className="truncate">{name}</strong>
          <div className={styles.what} style={{ minHeight: 0 }}>
            {[origin === undefined ? null : `v${origin.version}`, ...categories.map(categoryLabel)]
              .filter((one) => one !== null)
              .join(' · ') || (existing ? 'existing SDK' : `by ${workers.join(', ')}`)}
          </div>
        </div>
      </div>
      <div className={styles.what}>{plainText(description) || 'It has no description.'}</div>
      <div className={styles.foot}>
        <span className="truncate">
          {up ? '' : `${workers.join(', ')} is away · `}
          {brings.join(' · ') || 'credentials only'}
        </span>
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
