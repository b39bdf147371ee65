import { describe, expect, test } from 'vitest';
import { Vault } from './vault.ts';

describe('the vault', () => {
  const vault = new Vault('master-key-0123456789');

  test('what is sealed opens again, and is different every time', () => {
    const sealed = vault.seal('secret', 'install/a');
    expect(vault.open(sealed, 'install/a')).toBe('secret');
    expect(vault.seal('secret', 'install/a')).not.toBe(sealed);
    expect(sealed).not.toContain('secret');
  });

  test('a text that was changed, or moved to another place, does not open', () => {
    const sealed = vault.seal('secret', 'install/a');
    expect(() => vault.open(sealed, 'install/b')).toThrow();
    const parts = sealed.split('.');
    for (const index of [2, 3, 4]) {
      const changed = [...parts];
      changed[index] = Buffer.from(Buffer.from(changed[index]!, 'base64url').map((byte) => byte ^ 1)).toString(
        'base64url',
      );
      expect(() => vault.open(changed.join('.'), 'install/a'), `part ${index}`).toThrow();
    }
    expect(() => vault.open([...parts.slice(0, 3), 'AAAA', parts[4]].join('.'), 'install/a')).toThrow();
  });

  test('a former key opens what it sealed, and says that it is old', () => {
    const sealed = new Vault('former-key-0123456789').seal('secret');
    const both = new Vault('master-key-0123456789', ['former-key-0123456789']);
    expect(both.open(sealed)).toBe('secret');
    expect([both.isOld(sealed), both.isOld(both.seal('secret'))]).toEqual([true, false]);
    expect(() => vault.open(sealed)).toThrow('sealed under the key');
  });
});
