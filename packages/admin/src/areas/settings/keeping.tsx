// How long what is kept, and a copy of everything.

import { Button, Group } from '@mantine/core';
import { IconDownload } from '@sluice/icons';
import { useMay } from '../../frame/session.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Section } from '../../parts/section.tsx';
import { useSettings } from './configuration.tsx';

export function Keeping() {
  const mayBackup = useMay('backup:take');
  const { data } = useSettings();
  const days = (name: string): string => {
    const value = data?.items.find((one) => one.name === name)?.value;
    return value === undefined || value === null ? '…' : `${value} ${value === '1' ? 'day' : 'days'}`;
  };
  return (
    <Section title="What is kept">
      <Facts
        of={[
          ['Ended processes', `${days('SLUICE_RETENTION_DAYS')}, SLUICE_RETENTION_DAYS`],
          ['Trash, user tasks', 'until a person decides'],
          ['Audit log', `${days('SLUICE_AUDIT_DAYS')}, SLUICE_AUDIT_DAYS`],
          ['Performance', '7 days, by the hour'],
          ['Logs, remote calls', 'the newest 10,000'],
          ['Notifications', 'the newest 500'],
        ]}
      />
      {mayBackup && (
        // A form, so that the browser writes the file as it comes.
        <Group
          component="form"
          mt="md"
          gap="sm"
          {...{ method: 'post', action: '/api/v1/backup', encType: 'text/plain' }}
        >
          <Button type="submit" variant="default" leftSection={<IconDownload size={16} />}>
            Download a backup
          </Button>
          <code>sluice backup all.backup</code>
        </Group>
      )}
    </Section>
  );
}
