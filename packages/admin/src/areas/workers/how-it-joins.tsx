// What to type so that this worker joins, and joins once more: its commands and code, to be copied.

import { Stack, Text } from '@mantine/core';
import type { WorkerView } from '@sluice/protocol';
import { Section } from '../../parts/section.tsx';
import { Snippet } from '../../parts/snippet.tsx';
import { httpParts, linkParts } from './snippets.ts';

export interface HowItJoinsProps {
  readonly worker: WorkerView;
  /** While it is shown. */
  readonly token: string | undefined;
}

export function HowItJoins({ worker, token }: HowItJoinsProps) {
  const { name, url, signed, transport, manifest } = worker;
  const joining = {
    name,
    token,
    platform: window.location.origin,
    url: url ?? undefined,
    secret: signed ? 'THE_SECRET' : undefined,
  };
  const parts = (
    <Stack>
      {(transport === 'link' ? linkParts : httpParts)(joining).map(({ title, text }) => (
        <Snippet key={title} title={title} label={title} text={text} />
      ))}
    </Stack>
  );
  if (manifest === null)
    return (
      <Section title="It has not joined yet" note="As soon as it does, its actions stand here.">
        {parts}
      </Section>
    );
  return (
    <Section
      title={transport === 'link' ? 'One more replica' : 'How it is reached'}
      note={
        transport === 'link'
          ? 'Start the same service again, on this machine or another, with the same token: the work is shared.'
          : 'Replicas stand behind one address, which spreads the calls.'
      }
    >
      <details>
        <Text component="summary" size="sm" mb="sm">
          Commands and code
        </Text>
        {parts}
      </details>
    </Section>
  );
}
