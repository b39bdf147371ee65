// HubSpot, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Hubspot, HubspotToken } from './application/hubspot.ts';
import { AssociateRecords } from './connectors/associate-records.ts';
import { CreateCompany } from './connectors/create-company.ts';
import { CreateContact } from './connectors/create-contact.ts';
import { CreateDeal } from './connectors/create-deal.ts';
import { DeleteCompany } from './connectors/delete-company.ts';
import { DeleteContact } from './connectors/delete-contact.ts';
import { DeleteDeal } from './connectors/delete-deal.ts';
import { GetCompany } from './connectors/get-company.ts';
import { GetContact } from './connectors/get-contact.ts';
import { GetDeal } from './connectors/get-deal.ts';
import { ListCompanies } from './connectors/list-companies.ts';
import { ListContacts } from './connectors/list-contacts.ts';
import { ListDeals } from './connectors/list-deals.ts';
import { SearchCompanies } from './connectors/search-companies.ts';
import { SearchContacts } from './connectors/search-contacts.ts';
import { SearchDeals } from './connectors/search-deals.ts';
import { UpdateCompany } from './connectors/update-company.ts';
import { UpdateContact } from './connectors/update-contact.ts';
import { UpdateDeal } from './connectors/update-deal.ts';
import { UpsertContact } from './connectors/upsert-contact.ts';

export { Hubspot, HubspotToken } from './application/hubspot.ts';
export type { Association, CrmRecord } from './connectors/records.ts';

/** By OAuth, and by the token of a private app. */
export const applications: readonly Application[] = [new Hubspot(), new HubspotToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ListContacts(application),
  new SearchContacts(application),
  new GetContact(application),
  new CreateContact(application),
  new UpdateContact(application),
  new DeleteContact(application),
  new ListCompanies(application),
  new SearchCompanies(application),
  new GetCompany(application),
  new CreateCompany(application),
  new UpdateCompany(application),
  new DeleteCompany(application),
  new ListDeals(application),
  new SearchDeals(application),
  new GetDeal(application),
  new CreateDeal(application),
  new UpdateDeal(application),
  new DeleteDeal(application),
  new UpsertContact(application),
  new AssociateRecords(application),
]);
