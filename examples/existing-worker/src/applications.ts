// A worker with applications, as the existing SDK's documentation builds it: one that signs in by password, one by OAuth 2, one with webhooks.

import { Crm, CrmContacts, RefreshToken } from './applications/crm.ts';
import { Forum } from './applications/forum.ts';
import { Shop, ShopHeaders, ShopMe } from './applications/shop.ts';
import { listenOnLoopback } from './listen.ts';
import { container, initiateContainer, OAuth2Provider } from './sdk.ts';

const remote = process.env.REMOTE_URL ?? 'http://127.0.0.1:8081';

initiateContainer();
const shop = new Shop(remote);
const crm = new Crm(container.get(OAuth2Provider), remote);
for (const application of [shop, crm, new Forum(remote)]) container.setApplication(application);
container.setNode(new ShopMe(), shop);
container.setNode(new ShopHeaders(), shop);
container.setNode(new CrmContacts(), crm);
// Without it tokens end and have to be authorised again.
if (process.env.REFRESH !== '0') container.setNode(new RefreshToken(), crm);
listenOnLoopback();
