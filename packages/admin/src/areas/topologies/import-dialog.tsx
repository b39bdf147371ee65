// A file from elsewhere as a new topology or version: BPMN 2.0, a model, or *.tplg.json.

import { Button, FileInput, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconFileImport } from '@sluice/icons';
import type { TopologySaved } from '@sluice/protocol';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { refresh } from '../../parts/act.ts';
import { Problem } from '../../parts/problem.tsx';
import { plural } from '../../parts/words.ts';

const MOST_PROBLEMS = 8;

export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const load = useMutation({
    async mutationFn(): Promise<TopologySaved> {
      const bytes = new Uint8Array(await file!.arrayBuffer());
      const options = name === '' ? {} : { name };
      const text = new TextDecoder().decode(bytes);
      return text.trimStart().startsWith('{')
        ? api.topologies.save(JSON.parse(text), options)
        : api.topologies.saveBpmn(bytes, options);
    },
    onSuccess: () => refresh(['topologies', 'topology']),
  });
  const saved = load.data;
  const open = (page: '' | '/edit') => () =>
    void navigate({ to: `/topologies/${saved!.name}${page}`, search: { version: String(saved!.version) } as never });
  return (
    <Modal opened onClose={onClose} title="Import a topology">
      {saved ? (
        <Stack>
          <Text>
            It is here as version {saved.version} of <strong>{saved.name}</strong>.
            {saved.problems.length > 0 &&
              ` ${plural(saved.problems.length, 'thing')} to say before it can be published; the editor marks where:`}
          </Text>
          <List size="sm" spacing="xs">
            {saved.problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>{message}</List.Item>
            ))}
            {saved.problems.length > MOST_PROBLEMS && <List.Item>and others</List.Item>}
          </List>
          <Group justify="flex-end">
            <Button variant={saved.problems.length > 0 ? 'default' : 'filled'} onClick={open('')}>
              Look at it
            </Button>
            {saved.problems.length > 0 && <Button onClick={open('/edit')}>Complete it in the editor</Button>}
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            load.mutate();
          }}
        >
          <Stack>
            <Problem of={load.error} />
            <FileInput
              label="File"
              description="BPMN 2.0 of any tool, the JSON of a topology, or an Orchesty *.tplg.json"
              placeholder="Choose a file"
              accept=".bpmn,.xml,.json,.tplg"
              leftSection={<IconFileImport size={16} />}
              value={file}
              onChange={setFile}
              required
            />
            <TextInput
              label="Name"
              description="Empty: the name in the file"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={load.isPending} disabled={file === null}>
                Import
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
