// What came, or would come, of a description: its routes, what is left out of it, and which routes lead nowhere yet.

import { Badge, Button, List, Text } from '@mantine/core';
import type { GatewayImported } from '@sluice/protocol';
import { LinkButton } from '../../parts/link.tsx';
import { Section } from '../../parts/section.tsx';
import { plural } from '../../parts/words.ts';
import styles from './gateway.module.css';

export interface ImportedProps {
  readonly of: GatewayImported;
  readonly retire: boolean;
  /** It is so; otherwise it would be. */
  readonly done: boolean;
  /** Bind those that lead nowhere. */
  readonly onBind?: (() => void) | undefined;
}

const WORDS = { created: 'new', updated: 'new version', unchanged: 'as it is' } as const;
const COLORS = { created: 'moss', updated: 'amber', unchanged: 'gray' } as const;

export function Imported({ of, retire, done, onBind }: ImportedProps) {
  const { contract, routes, retired, unbound, leftOut } = of;
  const stateOf = (name: string): keyof typeof WORDS =>
    of.created.includes(name) ? 'created' : of.updated.includes(name) ? 'updated' : 'unchanged';
  return (
    <>
      <Section
        title={`${plural(routes.length, 'route')} of ${contract}`}
        note={
          unbound.length === 0
            ? 'All lead somewhere.'
            : `${plural(unbound.length, 'route')} ${unbound.length === 1 ? 'leads' : 'lead'} nowhere yet${done ? ': bind them.' : '.'}`
        }
        actions={
          onBind &&
          unbound.length > 0 && (
            <Button size="compact-sm" onClick={onBind}>
              Bind {unbound.length === 1 ? 'it' : `all ${unbound.length}`}
            </Button>
          )
        }
        flush
      >
        <ul className={styles.imported}>
          {routes.map(({ name, methods, host = '', path, summary }) => (
            <li key={name}>
              <Badge variant="light" radius="sm" size="sm">
                {methods.join(' ')}
              </Badge>
              <div>
                <div className="mono">
                  {host}
                  {path}
                </div>
                <Text size="xs" c="dimmed">
                  {name}
                  {summary === undefined ? '' : ` · ${summary}`}
                </Text>
              </div>
              {done && unbound.includes(name) ? (
                <LinkButton
                  to={`/gateway/routes/${name}`}
                  search={{ tab: 'definition' }}
                  size="compact-sm"
                  variant="light"
                >
                  Bind
                </LinkButton>
              ) : (
                <Badge variant="light" color={COLORS[stateOf(name)]} radius="sm" tt="none">
                  {WORDS[stateOf(name)]}
                </Badge>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {retired.length > 0 && (
        <Section
          title="No more in the description"
          note={retire ? 'Disabled; they can be enabled again.' : 'They go on.'}
        >
          <Text size="sm">{retired.join(', ')}</Text>
        </Section>
      )}
      {leftOut.length > 0 && (
        <Section title="Left out" note="No route can be made from these parts.">
          <List size="sm">
            {leftOut.map(({ pointer, message }) => (
              <List.Item key={`${pointer} ${message}`}>
                <code>{pointer}</code> {message}
              </List.Item>
            ))}
          </List>
        </Section>
      )}
    </>
  );
}
