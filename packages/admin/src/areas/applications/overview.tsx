// What an application says of itself, and what it brings.

import { Anchor, Badge, Text } from '@mantine/core';
import type { ApplicationView } from '@sluice/protocol';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import { Section } from '../../parts/section.tsx';
import { count, duration } from '../../parts/words.ts';
import styles from './applications.module.css';
import { authWords } from './auth-words.ts';
import { categoryLabel, offeredBy, sdksOf, useWorkers } from './offer.ts';

export function Overview({ application }: { readonly application: ApplicationView }) {
  const {
    key,
    description,
    website,
    package: origin,
    categories,
    baseUrl,
    limits,
    webhooks,
    methods,
    workers,
    existing,
  } = application;
  const known = useWorkers();
  const actions = offeredBy(application, known);
  const sdks = sdksOf(application, known);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Section title="About">
          {description === undefined ? (
            <Text size="sm" c="dimmed">
              It has no description. Its class says one as <code>description</code>.
            </Text>
          ) : (
            <Markdown text={description} />
          )}
        </Section>
        {actions.length > 0 && (
          <Section title="Connectors and batches" note="Pick them in the process editor, or call them at once." flush>
            <ul className={styles.offers}>
              {actions.map(({ name, kind, description: words }) => (
                <li key={`${kind} ${name}`}>
                  <strong className="truncate">{name}</strong>
                  <Badge variant="light" color="gray" radius="sm" tt="none">
                    {kind}
                  </Badge>
                  <span className="truncate">{words ?? ''}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
        {methods.length > 0 && (
          <Section title="Methods" note="Called synchronously, with nothing in between." flush>
            <ul className={styles.offers}>
              {methods.map(({ name, methods: verbs, description: words }) => (
                <li key={name}>
                  <PageLink to={`/applications/${key}`} search={{ tab: 'try', method: name }} size="sm">
                    {name}
                  </PageLink>
                  <span className="mono">{verbs.join(' ')}</span>
                  <span className="truncate">{words ?? ''}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
        {webhooks.length > 0 && (
          <Section title="Events" note="The service tells of them, and each starts a process." flush>
            <ul className={styles.offers}>
              {webhooks.map(({ name, label, description: words, verification }) => (
                <li key={name}>
                  <PageLink to="/webhooks" search={{ subscribe: key, event: name }} size="sm">
                    {label ?? name}
                  </PageLink>
                  <Badge variant="light" color="gray" radius="sm" tt="none">
                    {verification.kind === 'address' ? 'by address' : 'signed'}
                  </Badge>
                  <span className="truncate">{words ?? name}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
      <Section title="In short">
        <Facts
          of={[
            [
              'Key',
              <span key="k" className="mono">
                {key}
              </span>,
            ],
            categories.length === 0 ? null : ['For', categories.map(categoryLabel).join(', ')],
            sdks.length === 0 ? null : ['Made with', sdks.join(', ')],
            ['Signs in by', authWords(application)],
            [
              'Offered by',
              workers.map((worker) => (
                <PageLink key={worker} to={`/workers/${worker}`} size="sm" mr={8}>
                  {worker}
                </PageLink>
              )),
            ],
            origin === undefined
              ? null
              : [
                  'Package',
                  <span key="p" className="mono">
                    {origin.name} {origin.version}
                  </span>,
                ],
            origin?.sdk === undefined
              ? null
              : [
                  'Made for',
                  <span key="s" className="mono">
                    @sluice/sdk {origin.sdk}
                  </span>,
                ],
            baseUrl === undefined
              ? null
              : [
                  'Address',
                  <span key="b" className="mono">
                    {baseUrl}
                  </span>,
                ],
            website === undefined
              ? null
              : [
                  'Website',
                  <Anchor key="w" href={website} target="_blank" rel="noreferrer noopener" size="sm">
                    {new URL(website).hostname}
                  </Anchor>,
                ],
            ...limits.map(
              ({ amount, windowMs, per }) =>
                [
                  'Limit',
                  `${count(amount)} calls in any ${duration(windowMs)}, ${per === 'user' ? 'for each user' : 'for all users together'}`,
                ] as const,
            ),
            limits.length === 0 ? ['Limit', 'none; what the service says of itself is kept to'] : null,
            existing ? ['Wire', 'existing SDK: the worker keeps settings and tokens'] : null,
          ]}
        />
      </Section>
    </div>
  );
}
