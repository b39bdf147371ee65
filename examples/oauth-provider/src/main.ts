// `node dist/main.js`: the provider at 4400, for a platform at 7700.

import { startProvider } from './index.ts';

const { OAUTH_PROVIDER_PORT = '4400', SLUICE_URL = 'http://127.0.0.1:7700' } = process.env;

const provider = await startProvider({
  port: Number(OAUTH_PROVIDER_PORT),
  redirectUris: [`${SLUICE_URL}/api/v1/oauth/callback`],
});
process.stdout.write(`An OAuth 2 provider is at ${provider.url}, with the client ${provider.clientId}.\n`);
