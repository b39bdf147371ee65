// Stripe, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Stripe } from './application/stripe.ts';
import { CancelSubscription } from './connectors/cancel-subscription.ts';
import { CreateCheckoutSession } from './connectors/create-checkout-session.ts';
import { CreateCustomer } from './connectors/create-customer.ts';
import { CreatePaymentIntent } from './connectors/create-payment-intent.ts';
import { CreateRefund } from './connectors/create-refund.ts';
import { DeleteCustomer } from './connectors/delete-customer.ts';
import { GetCustomer } from './connectors/get-customer.ts';
import { GetInvoice } from './connectors/get-invoice.ts';
import { GetPaymentIntent } from './connectors/get-payment-intent.ts';
import { ListCustomers } from './connectors/list-customers.ts';
import { ListInvoices } from './connectors/list-invoices.ts';
import { ListPaymentIntents } from './connectors/list-payment-intents.ts';
import { ListSubscriptions } from './connectors/list-subscriptions.ts';
import { UpdateCustomer } from './connectors/update-customer.ts';

export { Stripe } from './application/stripe.ts';
export { API_VERSION } from './application/version.ts';
export type {
  CheckoutSession,
  Customer,
  Invoice,
  PaymentIntent,
  Refund,
  Subscription,
} from './connectors/records.ts';

export const applications: readonly Application[] = [new Stripe()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ListCustomers(application),
  new GetCustomer(application),
  new CreateCustomer(application),
  new UpdateCustomer(application),
  new DeleteCustomer(application),
  new ListPaymentIntents(application),
  new GetPaymentIntent(application),
  new CreatePaymentIntent(application),
  new CreateRefund(application),
  new ListInvoices(application),
  new GetInvoice(application),
  new ListSubscriptions(application),
  new CancelSubscription(application),
  new CreateCheckoutSession(application),
]);
