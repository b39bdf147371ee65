// A confirmation to the customer by SMTP. The message id is the idempotency key, so that a repeat is recognised.

import { Connector, Fail, type Message, Redeliver } from '@sluice/sdk';
import { createTransport, type Transporter } from 'nodemailer';
import type { Order } from '../order.ts';

/** Mails through a server on loopback, which speaks no TLS. */
export function smtp(server: { host: string; port: number }): Transporter {
  return createTransport({ ...server, secure: false, ignoreTLS: true, pool: true, maxConnections: 5 });
}

export class SendConfirmation extends Connector {
  readonly name = 'send-confirmation';
  override readonly description = 'E-mail to the customer.';
  readonly #mail: Transporter;

  constructor(mail: Transporter) {
    super();
    this.#mail = mail;
  }

  async process(message: Message): Promise<{ mailed: string }> {
    const order = message.json<Order>();
    const lines = order.lines.map(
      ({ quantity, name, price }) => `${quantity} × ${name} at ${price.toFixed(2)} ${order.currency}`,
    );
    try {
      await this.#mail.sendMail({
        from: 'orders@shop.example.com',
        to: { name: order.customer.name, address: order.customer.email },
        subject: `Your order ${order.id} (${order.salesOrder})`,
        messageId: `<${message.idempotencyKey}@shop.example.com>`,
        text: [
          `Thank you, ${order.customer.name}.`,
          '',
          ...lines,
          '',
          `Total: ${order.total.toFixed(2)} ${order.currency}`,
        ].join('\n'),
      });
    } catch (cause) {
      const { responseCode = 0, message: why } = cause as Error & { responseCode?: number };
      // SMTP 5yz is a permanent refusal (RFC 5321, 4.2.1); everything else may pass.
      if (responseCode >= 500)
        throw new Fail(`The mail server refuses the confirmation of order ${order.id}: ${why}`, { cause });
      throw new Redeliver(`The confirmation of order ${order.id} could not be sent: ${why}`, { cause });
    }
    return { mailed: order.customer.email };
  }

  close(): void {
    this.#mail.close();
  }
}
