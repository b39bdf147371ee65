// How a user has an application: authorisation, forms, a test, its buttons, and the way out.

import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlugConnected, IconTrash } from '@sluice/icons';
import type { ApplicationView, InstallView } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import type { Address } from './application-page.tsx';
import styles from './applications.module.css';
import { Authorisation } from './authorisation.tsx';
import { Buttons } from './buttons.tsx';
import { ofWorker } from './offer.ts';
import { Outcome, type Told } from './outcome.tsx';
import { SettingsForm } from './settings-form.tsx';

const CHANGES = ['installs', 'applications'];

export interface SetUpProps {
  readonly application: ApplicationView;
  readonly install: InstallView;
}

export function SetUp({ application, install }: SetUpProps) {
  const { key, name, testable, actions, limits } = application;
  const { user, enabled, warning, createdAt, changedAt, clear } = install;
  const of = ofWorker(application);
  const may = useMay('application:write');
  const [, setAddress] = useAddress<Address>();
  const [leaving, setLeaving] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const forms = install.forms ?? application.forms;
  const test = async (): Promise<void> => {
    setTold(null);
    try {
      setTold({ title: 'The connection works', value: (await api.installs.test(key, user, of)).value });
    } catch (error) {
      setTold({ title: 'The connection does not work', error });
    }
  };
  const turn = (on: boolean): Promise<unknown> => (on ? api.installs.enable : api.installs.disable)(key, user, of);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {warning !== null && (
          <Alert color="amber" title="It was changed, and then code of the application failed">
            {warning}
          </Alert>
        )}
        <Authorisation application={application} install={install} />
        {forms.map((form) => (
          <SettingsForm key={form.key} application={application} install={install} form={form} />
        ))}
        {forms.length === 0 && (
          <Section title="Settings">
            <Text size="sm" c="dimmed">
              It asks nothing.
            </Text>
          </Section>
        )}
      </div>
      <div className={styles.column}>
        <Section title="In use">
          <Stack>
            <Switch
              label={enabled ? 'Enabled' : 'Disabled'}
              description={
                enabled
                  ? 'Steps, methods and webhooks of this user go out with it.'
                  : 'Its settings stay; steps that need it fail to trash, its webhooks are taken back.'
              }
              checked={enabled}
              disabled={!may}
              onChange={() =>
                void act({
                  run: () => turn(!enabled),
                  done: enabled ? 'It is disabled.' : 'It is enabled.',
                  undo: () => turn(enabled),
                  changes: [...CHANGES, 'webhooks'],
                })
              }
            />
            <Facts
              of={[
                ['Installed', <Time key="i" at={createdAt} />],
                ['Changed', <Time key="c" at={changedAt} />],
                ...Object.entries(clear).map(([label, value]) => [label, String(value)] as const),
                limits.length > 0 ? ['Limits', 'see Limits for how full they are'] : null,
              ]}
            />
          </Stack>
        </Section>
        {testable && (
          <Section title="Connection" note="One harmless request with what is stored.">
            <Stack>
              <Button
                variant="default"
                leftSection={<IconPlugConnected size={16} />}
                disabled={!may}
                onClick={() => void test()}
              >
                Test the connection
              </Button>
              <Outcome of={told} />
            </Stack>
          </Section>
        )}
        {actions.length > 0 && <Buttons application={application} user={user} />}
        <Section title="Take it away" tone="bad">
          <Group justify="space-between" gap="sm">
            <Text size="sm" c="dimmed" maw={320}>
              Credentials and tokens are removed for good.
            </Text>
            <Button
              variant="light"
              color="vermilion"
              leftSection={<IconTrash size={16} />}
              disabled={!may}
              onClick={() => setLeaving(true)}
            >
              Uninstall …
            </Button>
          </Group>
        </Section>
      </div>
      {leaving && (
        <Confirm
          title={`Uninstall ${name} for ${user}?`}
          verb="Uninstall"
          run={() => api.installs.uninstall(key, user, of)}
          done={`${name} is gone for ${user}.`}
          changes={[...CHANGES, 'webhooks']}
          onClose={() => setLeaving(false)}
          onDone={() => setAddress({ tab: 'overview' })}
        >
          Its settings and secrets are deleted, its token is given back to the provider, and its webhooks are taken
          back. Steps that run for {user} and need {name} then fail and wait in trash, where they can be replayed once
          it is installed again.
        </Confirm>
      )}
    </div>
  );
}
