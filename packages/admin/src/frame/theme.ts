// How everything looks, once: one accent (the colour of deep water), cool greys, and one colour per state.

import { createTheme, type MantineColorsTuple } from '@mantine/core';

const water: MantineColorsTuple = [
  '#e9f6f7',
  '#d2eaed',
  '#a3d5db',
  '#72bfc9',
  '#4aacb9',
  '#2f9aaa',
  '#1b8494',
  '#106f7e',
  '#0b5a67',
  '#064350',
];
const gray: MantineColorsTuple = [
  '#f6f8f8',
  '#eef1f1',
  '#e2e7e7',
  '#d2d9da',
  '#b8c2c4',
  '#94a1a4',
  '#66757a',
  '#4c5a5f',
  '#334045',
  '#1b262a',
];
const dark: MantineColorsTuple = [
  '#dbe4e5',
  '#b4c1c4',
  '#94a4a8',
  '#65757b',
  '#35444a',
  '#2a373c',
  '#1c262a',
  '#131b1e',
  '#0e1517',
  '#090e10',
];
const moss: MantineColorsTuple = [
  '#ebf6ee',
  '#d7ebdd',
  '#acd6b8',
  '#7fc092',
  '#5aad72',
  '#43a15e',
  '#308a4b',
  '#24703b',
  '#1c5b30',
  '#114321',
];
const vermilion: MantineColorsTuple = [
  '#fdeeea',
  '#f9dbd3',
  '#f1b4a4',
  '#ea8b72',
  '#e36948',
  '#df532e',
  '#c9421e',
  '#ab3617',
  '#8c2c14',
  '#66200e',
];
const amber: MantineColorsTuple = [
  '#fdf4e3',
  '#f8e7c6',
  '#f0cf8c',
  '#e8b64e',
  '#dfa126',
  '#c98a10',
  '#a8710a',
  '#875a08',
  '#6d4807',
  '#4d3204',
];

export const theme = createTheme({
  colors: { water, gray, dark, moss, vermilion, amber },
  primaryColor: 'water',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  fontFamily: '"Geist Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"Geist Mono Variable", ui-monospace, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontFamily: '"Geist Variable", system-ui, sans-serif',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', clearButtonProps: { 'aria-label': 'Clear' } } },
    MultiSelect: { defaultProps: { clearButtonProps: { 'aria-label': 'Clear' } } },
    TagsInput: { defaultProps: { clearButtonProps: { 'aria-label': 'Clear' } } },
    FileInput: { defaultProps: { clearButtonProps: { 'aria-label': 'Clear' } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: {
      defaultProps: {
        position: 'right',
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.25 },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
  },
});
