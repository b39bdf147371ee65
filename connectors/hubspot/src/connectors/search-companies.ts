import { HubspotSearch } from './search.ts';

export class SearchCompanies extends HubspotSearch {
  protected readonly records = 'companies';
  readonly name = `${this.application.key}-search-companies`;
  override readonly description = 'Found companies, one message each; HubSpot gives at most 10 000';
}
