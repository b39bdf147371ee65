// A page around the components, for tests in a browser: what a host would do, and a handle to it.

import '@fontsource-variable/geist';
import '@fontsource-variable/geist-mono';
import '@mantine/core/styles.css';
import '../../style.css';
import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  type Catalogue,
  type EditorChange,
  type EditorHandle,
  TopologyEditor,
  type TopologyEditorProps,
  TopologyViewer,
  type TopologyViewerProps,
} from '../index.ts';

type Shown =
  | { readonly view: 'editor'; readonly props: Partial<TopologyEditorProps> }
  | { readonly view: 'viewer'; readonly props: TopologyViewerProps };

/** What the tests call. */
export interface Page {
  show(shown: Shown, scheme?: 'light' | 'dark'): void;
  handle: EditorHandle | null;
  change: EditorChange | null;
  changes: number;
  faults: string[];
  ran: string[];
}

declare global {
  interface Window {
    page: Page;
  }
}

const catalogue: Catalogue = {
  workers: [
    {
      name: 'order-worker',
      up: true,
      actions: [
        { name: 'parse-order', kind: 'custom', description: 'XML of the shop to a plain order' },
        { name: 'transform-order', kind: 'custom', description: 'An order as the ERP wants it' },
        { name: 'create-sales-order', kind: 'connector', description: 'POST /sales-orders of the ERP' },
        { name: 'send-confirmation', kind: 'connector', description: 'An e-mail to the customer' },
      ],
    },
    {
      name: 'stock-service',
      up: true,
      actions: [{ name: 'book-stock', kind: 'custom', description: 'Takes the lines from stock' }],
    },
    {
      name: 'connectors',
      up: false,
      actions: [
        { name: 'shopify-orders', kind: 'batch', label: 'Shopify: list orders', application: 'shopify' },
        { name: 'slack-post', kind: 'connector', label: 'Slack: post a message', application: 'slack' },
      ],
    },
  ],
  topologies: [{ name: 'new-order' }, { name: 'pricing' }],
  applications: [{ key: 'shopify', name: 'Shopify', events: ['orders/create'] }],
};

/** Stands for the host, which would ask its server: the one expression that the tests try. */
const evaluate: NonNullable<TopologyEditorProps['evaluate']> = async (expression, sample) => {
  const { body } = sample as { body: Record<string, unknown> };
  const path = /^body\.(\w+)$/.exec(expression.trim());
  return path ? { value: body[path[1]!] } : { fault: 'The sample host reads body.NAME only.' };
};

function Host({ start }: { readonly start: (set: (shown: Shown, scheme?: 'light' | 'dark') => void) => void }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [scheme, setScheme] = useState<'light' | 'dark'>('light');
  const [count, setCount] = useState(0);
  const [started, setStarted] = useState(false);
  if (!started) {
    setStarted(true);
    start((next, colours = 'light') =>
      flushSync(() => {
        setCount((now) => now + 1);
        setShown(next);
        setScheme(colours);
      }),
    );
  }
  const fault = (error: unknown): void => {
    window.page.faults.push(error instanceof Error ? error.message : String(error));
  };
  return (
    <MantineProvider
      forceColorScheme={scheme}
      theme={{ fontFamily: 'Geist Variable, sans-serif', fontFamilyMonospace: 'Geist Mono Variable, monospace' }}
    >
      <div style={{ position: 'fixed', inset: 0 }}>
        {shown?.view === 'editor' ? (
          <TopologyEditor
            key={count}
            catalogue={catalogue}
            evaluate={evaluate}
            onRun={(node) => window.page.ran.push(node)}
            onFault={fault}
            {...shown.props}
            ref={(handle) => {
              window.page.handle = handle;
            }}
            onChange={(change) => {
              window.page.change = change;
              window.page.changes++;
            }}
          />
        ) : shown?.view === 'viewer' ? (
          <TopologyViewer key={count} onFault={fault} {...shown.props} />
        ) : null}
      </div>
    </MantineProvider>
  );
}

window.page = { show: () => {}, handle: null, change: null, changes: 0, faults: [], ran: [] };
createRoot(document.getElementById('root')!).render(
  <Host
    start={(set) => {
      window.page.show = set;
    }}
  />,
);
