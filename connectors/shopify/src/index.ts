// Shopify, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Shopify, ShopifyToken } from './application/shopify.ts';
import { CancelOrder } from './connectors/cancel-order.ts';
import { CreateCustomer } from './connectors/create-customer.ts';
import { CreateFulfillment } from './connectors/create-fulfillment.ts';
import { CreateOrder } from './connectors/create-order.ts';
import { CreateProduct } from './connectors/create-product.ts';
import { DeleteProduct } from './connectors/delete-product.ts';
import { GetCustomer } from './connectors/get-customer.ts';
import { GetOrder } from './connectors/get-order.ts';
import { GetProduct } from './connectors/get-product.ts';
import { ListCustomers } from './connectors/list-customers.ts';
import { ListOrders } from './connectors/list-orders.ts';
import { ListProducts } from './connectors/list-products.ts';
import { SetInventory } from './connectors/set-inventory.ts';
import { UpdateOrder } from './connectors/update-order.ts';
import { UpdateProduct } from './connectors/update-product.ts';

export { API_VERSION, Shopify, ShopifyToken } from './application/shopify.ts';
export type { Customer, Fulfillment, InventoryLevel, Order, Product } from './connectors/records.ts';

/** By OAuth, and by the token of a custom app. */
export const applications: readonly Application[] = [new Shopify(), new ShopifyToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ListOrders(application),
  new GetOrder(application),
  new CreateOrder(application),
  new UpdateOrder(application),
  new CancelOrder(application),
  new CreateFulfillment(application),
  new ListProducts(application),
  new GetProduct(application),
  new CreateProduct(application),
  new UpdateProduct(application),
  new DeleteProduct(application),
  new SetInventory(application),
  new ListCustomers(application),
  new GetCustomer(application),
  new CreateCustomer(application),
]);
