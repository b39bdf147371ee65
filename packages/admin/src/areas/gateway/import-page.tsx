// Routes from an OpenAPI description: first what would come of it, then the routes, then where each of them leads.

import { Button, Checkbox, FileButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFileImport } from '@sluice/icons';
import type { GatewayImported } from '@sluice/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { refresh } from '../../parts/act.ts';
import { LinkButton, PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { Code } from '../../parts/payload.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { plural } from '../../parts/words.ts';
import { BindDrawer } from './bind-drawer.tsx';
import styles from './gateway.module.css';
import { Imported } from './imported.tsx';

const OPTIONS = [
  { name: 'contract', label: 'Name of the description', placeholder: 'Its title' },
  { name: 'prefix', label: 'Path before all paths', placeholder: 'The one of its first server' },
  { name: 'host', label: 'Host', placeholder: 'Any' },
] as const;

type Options = Partial<Record<(typeof OPTIONS)[number]['name'], string>>;

export function ImportPage() {
  const may = useMay('gateway:write');
  const [text, setText] = useState('');
  const [options, setOptions] = useState<Options>({});
  const [retire, setRetire] = useState(false);
  const [binding, setBinding] = useState(false);
  const ask = useMutation({
    mutationFn: (dryRun: boolean): Promise<GatewayImported> =>
      api.gateway.importDescription(text, {
        ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== '')),
        retire,
        dryRun,
      }),
    onSuccess: (_, dryRun) => (dryRun ? undefined : refresh(['gateway'])),
  });
  const foreseen = ask.variables === true ? ask.data : undefined;
  const done = ask.variables === false ? ask.data : undefined;
  const routes = useQuery({
    queryKey: ['gateway', 'routes'],
    queryFn: () => api.gateway.routes.list(),
    enabled: done !== undefined,
  }).data?.items;
  const unbound = (routes ?? []).filter(
    ({ name, definition }) => done?.unbound.includes(name) && definition.target.kind === 'unbound',
  );
  /** What was foreseen was foreseen of another text. */
  const edit = (change: () => void): void => {
    change();
    ask.reset();
  };
  const changes = (foreseen?.created.length ?? 0) + (foreseen?.updated.length ?? 0);
  const ends = retire ? (foreseen?.retired.length ?? 0) : 0;
  return (
    <Page
      title="Import an OpenAPI description"
      description="The contract first: routes that check what is sent by its schemas, and answer 501 until they lead somewhere. The same description again changes nothing."
      crumbs={
        <PageLink to="/gateway" size="sm" c="dimmed">
          Gateway
        </PageLink>
      }
    >
      <div className={styles.editor}>
        <div className={styles.form}>
          <section className={`card ${styles.json}`} aria-label="Description">
            <div className={styles.jsonHead}>
              OpenAPI 3.0 or 3.1, as JSON or YAML
              <FileButton
                accept=".json,.yaml,.yml"
                onChange={(file) => void file?.text().then((read) => edit(() => setText(read)))}
              >
                {(props) => (
                  <Button {...props} variant="subtle" size="compact-sm" leftSection={<IconFileImport size={15} />}>
                    From a file
                  </Button>
                )}
              </FileButton>
            </div>
            <div className={styles.jsonText}>
              <Code
                label="Description"
                text={text}
                language={text === '' || text.trimStart().startsWith('{') ? 'json' : 'text'}
                onChange={(next) => edit(() => setText(next))}
              />
            </div>
          </section>
        </div>
        <Stack gap="md">
          <Section title="How">
            <Stack gap="sm">
              {OPTIONS.map(({ name, ...words }) => (
                <TextInput
                  key={name}
                  {...words}
                  value={options[name] ?? ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    edit(() => setOptions((before) => ({ ...before, [name]: value })));
                  }}
                />
              ))}
              <Checkbox
                label="Disable routes of operations that it has no more"
                checked={retire}
                onChange={(event) => {
                  const { checked } = event.currentTarget;
                  edit(() => setRetire(checked));
                }}
              />
            </Stack>
          </Section>
          <Problem of={ask.error} />
          {done === undefined && (
            <Group justify="flex-end">
              <Button
                variant={foreseen ? 'default' : 'filled'}
                disabled={!may || text.trim() === ''}
                loading={ask.isPending && ask.variables === true}
                onClick={() => ask.mutate(true)}
              >
                See what would come of it
              </Button>
              {foreseen && (
                <Button
                  disabled={changes + ends === 0}
                  loading={ask.isPending && ask.variables === false}
                  onClick={() => ask.mutate(false)}
                >
                  {changes + ends === 0 ? 'Nothing to import' : `Import ${plural(changes + ends, 'change')}`}
                </Button>
              )}
            </Group>
          )}
          {done && (
            <Group justify="space-between">
              <Text>The routes are there.</Text>
              <LinkButton to="/gateway" search={{ find: done.contract }} variant="default">
                All routes
              </LinkButton>
            </Group>
          )}
          {foreseen && <Imported of={foreseen} retire={retire} done={false} />}
          {done && (
            <Imported
              of={routes ? { ...done, unbound: unbound.map(({ name }) => name) } : done}
              retire={retire}
              done
              onBind={may ? () => setBinding(true) : undefined}
            />
          )}
        </Stack>
      </div>
      {binding && unbound.length > 0 && <BindDrawer routes={unbound} onClose={() => setBinding(false)} />}
    </Page>
  );
}
