// What a provider says by an error in the address it sends a person back to (RFC 6749, 4.1.2.1), in words.

import { saidBy } from './provider/exchange.ts';

const WORDS: Readonly<Record<string, string>> = {
  access_denied: 'You did not agree, or may not.',
  invalid_scope: 'The provider does not know, or does not give, the rights the application asks for.',
  unauthorized_client: 'The provider does not let this client ask people. Look at the client’s settings there.',
  unsupported_response_type:
    'The provider does not hand out codes to this client. Look at the client’s settings there.',
  invalid_request: 'The provider does not understand the request.',
  server_error: 'The provider had an error of its own. Try again later.',
  temporarily_unavailable: 'The provider is overloaded or under repair. Try again later.',
  interaction_required: 'The provider wanted to ask you something and could not.',
  login_required: 'The provider wanted you to sign in, and you did not.',
  consent_required: 'The provider wanted you to agree, and you did not.',
};

/** @returns null when it reports no error */
export function refusalWords(query: Readonly<Record<string, unknown>>): string | null {
  const error = [query.error, query.error_code, query.denied === undefined ? undefined : 'access_denied'].find(
    (one) => one !== undefined,
  );
  if (error === undefined) return null;
  const code = saidBy([error].flat()[0]);
  const said = saidBy([query.error_description ?? query.error_message ?? query.error_reason].flat()[0]);
  const words = Object.hasOwn(WORDS, code) ? WORDS[code]! : `The provider refuses: ${code || 'without a reason'}.`;
  return said ? `${words} It says: ${said}${/[.!?]$/.test(said) ? '' : '.'}` : words;
}
