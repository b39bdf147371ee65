import { connect } from '../connection.ts';
import { printJson, say, time } from '../output.ts';
import type { AppOptions } from './app.ts';

export async function authorizeApp(key: string, { user, json }: AppOptions): Promise<void> {
  const answer = await connect().installs.authorize(key, user);
  if (json) return printJson(answer);
  if ('authorizeUrl' in answer) {
    say(`Open this in a browser, and agree (good once, until ${time(answer.expiresAt)}):`);
    say(`  ${answer.authorizeUrl}`);
  } else if ('userCode' in answer) {
    say(`Open ${answer.verificationUrl} on any device, and enter (until ${time(answer.expiresAt)}):`);
    say(`  ${answer.userCode}`);
  } else say(`"${key}" of user "${user}" is authorised.`);
}

export async function withdrawApp(key: string, { user }: AppOptions): Promise<void> {
  const { warning } = await connect().installs.withdraw(key, user);
  say(`"${key}" of user "${user}" is no longer authorised.`);
  if (warning) say(`Warning: ${warning}`);
}
