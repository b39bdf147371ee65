// What a worker can do, with what each action takes and gives.

import { Badge, Text, TextInput } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@sluice/icons';
import type { Action } from '@sluice/protocol';
import { useState } from 'react';
import { Payload } from '../../parts/payload.tsx';
import { Section } from '../../parts/section.tsx';
import styles from './workers.module.css';

const MOST_SHOWN = 300;

export function Actions({ of }: { readonly of: readonly Action[] }) {
  const [text, setText] = useState('');
  const found = of.filter(({ name, application = '', description = '' }) =>
    `${name} ${application} ${description}`.toLowerCase().includes(text.toLowerCase()),
  );
  return (
    <Section
      title="Actions"
      note="Each can be a step of a process, a synchronous call, a gateway route and a tool."
      flush
      actions={
        of.length > 8 && (
          <TextInput
            data-find
            size="xs"
            aria-label="Find an action"
            placeholder="Find an action"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )
      }
    >
      <div className={styles.actions}>
        {found.slice(0, MOST_SHOWN).map((action) => (
          <One key={`${action.kind} ${action.name}`} of={action} />
        ))}
        {found.length === 0 && (
          <Text size="sm" c="dimmed" px={18} pb={16}>
            {of.length === 0 ? 'It has not said that it can do anything.' : `No action has “${text}” in it.`}
          </Text>
        )}
        {found.length > MOST_SHOWN && (
          <Text size="sm" c="dimmed" px={18} py={10}>
            {found.length - MOST_SHOWN} more: find them by name.
          </Text>
        )}
      </div>
    </Section>
  );
}

function One({ of: { name, kind, application, description, input, output } }: { readonly of: Action }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.action} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong className="truncate">{name}</strong>
        <Badge variant="light" color="gray" radius="sm" tt="none">
          {kind}
        </Badge>
        <span className="truncate">{application ?? ''}</span>
        <Text span size="sm" c="dimmed" className="truncate">
          {description ?? ''}
        </Text>
        <IconChevronRight size={15} aria-hidden />
      </summary>
      {open && (
        <div className={styles.schemas}>
          {description !== undefined && (
            <Text size="sm" style={{ gridColumn: '1 / -1' }}>
              {description}
            </Text>
          )}
          <Shape title="Takes" name={name} schema={input} none="It takes any body: it names no schema." />
          <Shape title="Gives" name={name} schema={output} none="It does not say what it gives." />
        </div>
      )}
    </details>
  );
}

interface ShapeProps {
  readonly title: string;
  readonly name: string;
  readonly schema: Action['input'];
  readonly none: string;
}

function Shape({ title, name, schema, none }: ShapeProps) {
  if (schema === undefined)
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  return (
    <Payload
      title={title}
      label={`What ${name} ${title.toLowerCase()}`}
      body={JSON.stringify(schema)}
      contentType="application/json"
      height={220}
    />
  );
}
