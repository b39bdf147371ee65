// Run a topology with an input by hand. Inputs that were kept stay in this browser.

import { Button, Drawer, Group, Select, Skeleton, Stack, TextInput } from '@mantine/core';
import { IconDeviceFloppy, IconPlayerPlay } from '@sluice/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { Code } from '../../parts/payload.tsx';
import { jsonProblem, languageOf } from '../../parts/payload-text.ts';
import { Problem } from '../../parts/problem.tsx';
import { type Input, useKeptInputs } from './kept-inputs.ts';

export interface RunDrawerProps {
  readonly name: string;
  readonly version: number;
  readonly onClose: () => void;
}

const STARTS = new Set(['start', 'cron', 'webhook']);
const EMPTY: Input = { title: '', contentType: 'application/json', body: '{\n  \n}' };

export function RunDrawer({ name, version, onClose }: RunDrawerProps) {
  const { data } = useQuery({
    queryKey: ['topology', name, version, 'model'],
    queryFn: () => api.topologies.get(name, version),
  });
  return (
    <Drawer opened onClose={onClose} size="min(620px, 100%)" title={`Run ${name}`}>
      {data ? <Form name={name} starts={startsOf(data)} /> : <Skeleton height={300} />}
    </Drawer>
  );
}

interface Start {
  readonly value: string;
  readonly label: string;
}

function startsOf(model: Readonly<Record<string, unknown>>): Start[] {
  const nodes = (model.nodes ?? []) as readonly { id: string; kind: string; name?: string }[];
  return nodes.filter(({ kind }) => STARTS.has(kind)).map(({ id, name }) => ({ value: id, label: name ?? id }));
}

function Form({ name, starts }: { readonly name: string; readonly starts: readonly Start[] }) {
  const navigate = useNavigate();
  const [kept, setKept] = useKeptInputs(name);
  const [start, setStart] = useState(starts[0]?.value ?? '');
  const [input, setInput] = useState(EMPTY);
  const [user, setUser] = useState('');
  const language = languageOf(input.contentType, input.body);
  const wrong = language === 'json' && input.body.trim() !== '' ? jsonProblem(input.body) : null;
  const run = useMutation({
    mutationFn: () =>
      api.run(name, start, { body: input.body, contentType: input.contentType, ...(user === '' ? {} : { user }) }),
    onSuccess: ({ processId }) => void navigate({ to: `/processes/${processId}`, search: { tab: 'canvas' } as never }),
  });
  const keep = (): void => {
    const title = input.title.trim() || `Input ${kept.length + 1}`;
    setKept([...kept.filter((one) => one.title !== title), { ...input, title }]);
  };
  return (
    <Stack gap="md">
      <Problem of={run.error} />
      <Group grow>
        <Select
          label="Start node"
          data={starts}
          value={start}
          allowDeselect={false}
          onChange={(value) => setStart(value ?? '')}
        />
        <Select
          label="Content type"
          data={['application/json', 'application/xml', 'text/plain']}
          value={input.contentType}
          allowDeselect={false}
          onChange={(value) => setInput({ ...input, contentType: value ?? EMPTY.contentType })}
        />
      </Group>
      {kept.length > 0 && (
        <Select
          label="Saved inputs"
          placeholder="Take one"
          data={kept.map(({ title }) => title)}
          value={null}
          onChange={(title) => {
            const found = kept.find((one) => one.title === title);
            if (found) setInput(found);
          }}
        />
      )}
      <div className="code-box" style={{ height: 'max(220px, 100dvh - 460px)' }}>
        <Code
          key={input.title}
          label="Input"
          text={input.body}
          language={language}
          onChange={(body) => setInput((before) => ({ ...before, body }))}
        />
      </div>
      {wrong !== null && <div role="alert">{wrong}</div>}
      <Group grow align="flex-end">
        <TextInput
          label="User"
          description="Whose installs are used; empty: default"
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
        <TextInput
          label="Name of this input"
          description="To find it again"
          value={input.title}
          onChange={(event) => setInput({ ...input, title: event.currentTarget.value })}
        />
      </Group>
      <Group justify="flex-end">
        <Button variant="default" leftSection={<IconDeviceFloppy size={16} />} onClick={keep}>
          Keep the input
        </Button>
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={run.isPending}
          disabled={start === '' || wrong !== null}
          onClick={() => run.mutate()}
        >
          Run and follow
        </Button>
      </Group>
    </Stack>
  );
}
