import { Group, NumberInput, PasswordInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { ChannelRequest, ChannelView } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { Editor } from './editor.tsx';
import { KINDS } from './words.ts';

type Values = Readonly<Record<string, string | number | readonly string[] | undefined>>;

const SECURITY = [
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'tls', label: 'TLS from the start' },
  { value: 'none', label: 'None (a server of this machine)' },
];
const USUAL: Readonly<Record<ChannelView['kind'], Values>> = {
  email: { host: '', port: 587, security: 'starttls', from: '', to: [] },
  webhook: { url: '' },
  topology: { topology: '', startNode: '' },
};

export interface ChannelEditorProps {
  readonly channel: ChannelView | null;
  readonly onClose: () => void;
}

export function ChannelEditor({ channel, onClose }: ChannelEditorProps) {
  const { kind: first = 'email', name = null, sealed = false, ...settings } = channel ?? {};
  const [kind, setKind] = useState<ChannelView['kind']>(first);
  const [values, setValues] = useState<Values>(channel ? (settings as Values) : USUAL[first]);
  const request = (): ChannelRequest =>
    ({
      kind,
      ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined)),
    }) as ChannelRequest;
  const change = (part: Values): void => setValues({ ...values, ...part });
  const text = (member: string, label: string, placeholder = '') => (
    <TextInput
      label={label}
      placeholder={placeholder}
      required={member !== 'user'}
      value={String(values[member] ?? '')}
      onChange={(event) => change({ [member]: event.currentTarget.value })}
    />
  );
  const secret = (member: string, label: string, description: string) => (
    <PasswordInput
      label={label}
      description={sealed ? `${description} One is kept, sealed; leave it empty to keep it.` : description}
      autoComplete="off"
      value={String(values[member] ?? '')}
      onChange={(event) => change({ [member]: event.currentTarget.value })}
    />
  );
  return (
    <Editor
      what="channel"
      name={name}
      save={(to) => api.notifications.saveChannel(to, request())}
      remove={(from) => api.notifications.removeChannel(from)}
      // A secret that is gone cannot be brought back.
      undo={sealed ? null : (again) => api.notifications.saveChannel(again, request())}
      onClose={onClose}
    >
      <Select
        label="Kind"
        data={[...KINDS]}
        value={kind}
        allowDeselect={false}
        onChange={(value) => {
          setKind(value as ChannelView['kind']);
          setValues(USUAL[value as ChannelView['kind']]);
        }}
      />
      {kind === 'email' && (
        <>
          <Group grow align="flex-start">
            {text('host', 'Mail server', 'smtp.example.com')}
            <NumberInput
              label="Port"
              min={1}
              max={65_535}
              value={Number(values.port ?? 587)}
              onChange={(value) => change({ port: Number(value) })}
            />
          </Group>
          <Select
            label="Protected by"
            data={SECURITY}
            value={String(values.security ?? 'starttls')}
            allowDeselect={false}
            onChange={(value) => change({ security: value ?? 'starttls' })}
          />
          {text('user', 'User')}
          {secret('password', 'Password', 'Of that user at the mail server.')}
          {text('from', 'From', 'sluice@example.com')}
          <TagsInput
            label="To"
            placeholder="ops@example.com"
            value={[...((values.to as readonly string[] | undefined) ?? [])]}
            onChange={(to) => change({ to })}
          />
        </>
      )}
      {kind === 'webhook' && (
        <>
          {text('url', 'Address', 'https://chat.example.com/hooks/ops')}
          {secret('secret', 'Secret', 'Signs what is sent, by HMAC-SHA256; at least 16 characters.')}
        </>
      )}
      {kind === 'topology' && (
        <>
          {text('topology', 'Topology')}
          {text('startNode', 'Start node')}
        </>
      )}
    </Editor>
  );
}
