import { connect } from '../connection.ts';
import { printJson, say } from '../output.ts';

export async function rotateSecrets({ json }: { json?: boolean }): Promise<void> {
  const rotated = await connect().secrets.rotate();
  if (json) return printJson(rotated);
  const { installs, tokens, begun, workers, webhooks, gateway, notifications } = rotated;
  say(
    `Sealed anew: ${installs} installs, ${tokens} tokens, ${begun} authorisations under way, secrets of ${workers} workers, ${webhooks} webhooks, ${gateway} callers of the gateway and ${notifications} channels of notifications.`,
  );
  say('Everything opens with the present master key: SLUICE_SECRET_KEYS_OLD can go.');
}
