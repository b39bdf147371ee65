// The message on which expressions are tried: the last one that reached the node, else an input that was kept.

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { useKeptInputs } from './kept-inputs.ts';

export interface Sample {
  readonly message: {
    readonly body: unknown;
    readonly headers: Readonly<Record<string, string>>;
    readonly user: string;
  };
  /** Where it comes from, in words. */
  readonly from: string;
}

const TYPED: Sample = {
  message: {
    body: { id: 1001, kind: 'order', lines: [{ sku: 'A-1', quantity: 2 }] },
    headers: {},
    user: 'system',
  },
  from: 'An example: no message has come here yet. Write your own.',
};

export function useSample(name: string, node: string | undefined): Sample {
  const mayRead = useMay('message:read');
  const [kept] = useKeptInputs(name);
  const { data: steps } = useQuery({
    queryKey: ['processes', 'sample', name],
    queryFn: async () => {
      const [last] = (await api.processes.list({ topology: name, limit: 1 })).items;
      return last ? (await api.processes.history(last.id, { limit: 200, bodies: true })).items : [];
    },
    enabled: mayRead,
  });
  return useMemo(() => {
    const step = node === undefined ? steps?.[0] : steps?.find((one) => one.node === node);
    if (step && typeof step.body === 'string')
      return {
        message: { body: parsed(step.body), headers: step.headers as Record<string, string>, user: step.user },
        from: `The last message that reached ${step.node}`,
      };
    const [input] = kept;
    if (input)
      return { message: { ...TYPED.message, body: parsed(input.body) }, from: `The kept input “${input.title}”` };
    return TYPED;
  }, [steps, node, kept]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
