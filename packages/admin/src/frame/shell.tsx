// The frame around every page: navigation, what the connection does, the palette and the sheet of keys.

import { AppShell, Burger, Group, ScrollArea, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@sluice/icons';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { AccountMenu } from './account-menu.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ShortcutSheet, useShortcuts } from './keys.tsx';
import { keepLive } from './live.ts';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import { openPalette, Palette } from './palette.tsx';
import styles from './shell.module.css';

export function Shell() {
  const [opened, { toggle, close }] = useDisclosure();
  const [sheet, { open: openSheet, close: closeSheet }] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useShortcuts(openSheet);
  useEffect(() => {
    const stop = new AbortController();
    void keepLive(stop.signal);
    return () => stop.abort();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the navigation of small screens
  useEffect(close, [path]);
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
      classNames={{ navbar: styles.navbar!, header: styles.header!, main: styles.main! }}
    >
      <button type="button" className="skip-link" onClick={() => document.getElementById('content')?.focus()}>
        Skip to content
      </button>
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="md" gap="sm">
          <Burger opened={opened} onClick={toggle} size="sm" color="#eaf7f8" aria-label="Navigation" />
          <Logo size={24} />
          <span className={styles.wordmark}>Sluice</span>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label="Areas">
        <Group className={styles.brand} gap={10} visibleFrom="sm">
          <Logo />
          <span className={styles.wordmark}>Sluice</span>
        </Group>
        <Group hiddenFrom="sm" p="md">
          <Burger opened onClick={toggle} size="sm" color="#eaf7f8" aria-label="Close navigation" />
        </Group>
        <UnstyledButton className={styles.search} onClick={openPalette}>
          <IconSearch size={15} aria-hidden />
          <span>Find or do</span>
          <kbd>Ctrl K</kbd>
        </UnstyledButton>
        <ScrollArea className={styles.areas} type="auto" scrollbarSize={6}>
          <Navigation />
        </ScrollArea>
        <AccountMenu onShortcuts={openSheet} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <ConnectionBanner />
        <Outlet />
      </AppShell.Main>
      <Palette />
      <ShortcutSheet opened={sheet} onClose={closeSheet} />
    </AppShell>
  );
}
