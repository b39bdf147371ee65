// Links and buttons that lead to pages of the application.

import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ComponentType, ReactNode } from 'react';

type Rest = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps | 'style'>;

export interface ToProps {
  readonly to: string;
  readonly search?: Readonly<Record<string, string | undefined>>;
  readonly children?: ReactNode;
}

// What they take beside their own is checked by our props below.
const RoutedAnchor: ComponentType<Routed> = createLink((props: AnchorProps & Rest) => <Anchor {...props} />) as never;
const RoutedButton: ComponentType<Routed> = createLink((props: ButtonProps & Rest) => (
  <Button component="a" {...props} />
)) as never;

interface Routed extends ToProps {
  readonly activeOptions?: { readonly includeSearch: boolean };
}

export function PageLink(props: ToProps & AnchorProps) {
  return <RoutedAnchor {...props} />;
}

export function LinkButton(props: ToProps & ButtonProps) {
  return <RoutedButton {...props} />;
}
