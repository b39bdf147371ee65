import { type Form, KEPT_SECRET } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { effectiveSettings, mergeSettings, problemsOf, shownSettings } from './settings.ts';

const forms: Form[] = [
  {
    key: 's',
    label: 'S',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'pin', label: 'PIN', type: 'password' },
      { key: 'size', label: 'Size', type: 'number', default: 3 },
      { key: 'fixed', label: 'Fixed', type: 'text', default: 'x', readOnly: true },
      { key: 'more', label: 'More', type: 'text', when: { field: 'size', in: [4] } },
    ],
  },
];
const stored = { s: { name: 'a', pin: '1234' }, gone: { old: 'value' } };

describe('settings of an install', () => {
  test('what is not sent stays, what is null goes, a secret that comes back as shown stays', () => {
    const { settings, problems } = mergeSettings(forms, stored, { s: { pin: { ...KEPT_SECRET }, size: 4, name: 'b' } });
    expect(problems).toEqual({});
    expect(settings.s).toEqual({ name: 'b', pin: '1234', size: 4 });
    expect(mergeSettings(forms, stored, { s: { pin: null } }).settings.s).toEqual({ name: 'a' });
    expect(stored.s).toEqual({ name: 'a', pin: '1234' });
  });

  test('a new secret replaces the old one, also a text that looks like nothing special', () => {
    expect(mergeSettings(forms, stored, { s: { pin: 'kept' } }).settings.s!.pin).toBe('kept');
  });

  test('what nobody asked, and what cannot be changed, is refused', () => {
    expect(mergeSettings(forms, stored, { s: { x: 1, fixed: 'y' }, t: {} }).problems).toEqual({
      's.x': 'There is no such field.',
      's.fixed': 'This cannot be changed here.',
      t: 'There is no such form. There are: s.',
    });
    expect(mergeSettings(forms, stored, { s: { fixed: 'x' } }).problems).toEqual({});
    expect(mergeSettings(forms, stored, { __proto__: { x: 1 } } as never).settings).not.toHaveProperty('x');
  });

  test('a person sees secrets as kept, a worker gets them in clear with defaults and without what is not asked', () => {
    expect(shownSettings(forms, stored)).toEqual({ s: { name: 'a', pin: KEPT_SECRET, size: 3, fixed: 'x' } });
    expect(effectiveSettings(forms, { s: { ...stored.s, more: 'hidden' } })).toEqual({
      s: { name: 'a', pin: '1234', size: 3, fixed: 'x' },
    });
    expect(problemsOf(forms, {})).toEqual({ 's.name': 'This is required.' });
  });
});
