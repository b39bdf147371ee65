import { HubspotSearch } from './search.ts';

export class SearchDeals extends HubspotSearch {
  protected readonly records = 'deals';
  readonly name = `${this.application.key}-search-deals`;
  override readonly description = 'Found deals, one message each; HubSpot gives at most 10 000';
}
