// Starts the application in its page.

import '@fontsource-variable/geist/wght.css';
import '@fontsource-variable/geist-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './frame/theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod/v4/core';
import { queryClient } from './frame/live.ts';
import { Router } from './frame/router.tsx';
import { SessionGate } from './frame/session.tsx';
import { theme } from './frame/theme.ts';

// Shapes are checked without making code of them: the policy of the page lets nothing be evaluated.
config({ jitless: true });

/** The style sheets that the component library makes are known to the policy of the page by its nonce. */
const nonce = document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';
setNonce(nonce);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} />
        <SessionGate>
          <Router />
        </SessionGate>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
