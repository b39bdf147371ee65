// What a provider says about a person, as far as it is believed.

export interface Claims {
  /** Issuer and subject: who it is there, for ever. */
  readonly subject: string;
  /** Verified by the provider; else null. */
  readonly email: string | null;
  readonly name: string | null;
  /** Names of roles, in the order of the claim. */
  readonly roles: readonly string[];
}

export function readClaims(claims: Record<string, unknown>, roleClaim: string | null): Claims {
  const { iss, sub, email, email_verified: verified, name } = claims;
  const said = roleClaim === null ? undefined : claims[roleClaim];
  return {
    subject: `${String(iss)} ${String(sub)}`,
    // Some providers write the flag as text.
    email: typeof email === 'string' && email.includes('@') && String(verified) === 'true' ? email : null,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : null,
    roles: [said].flat().filter((role) => typeof role === 'string'),
  };
}
