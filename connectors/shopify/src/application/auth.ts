// Shopify wants its token in a header of its own, not as a bearer.

import { ApiKeyAuth, type HttpRequest, type Install, OAuth2, tokenOf } from '@sluice/sdk';

const HEADER = 'x-shopify-access-token';
const SHOP = 'https://{settings.shop}.myshopify.com';

export class ShopifyOAuth extends OAuth2 {
  constructor(scopes: readonly string[]) {
    super({
      authorizationUrl: `${SHOP}/admin/oauth/authorize`,
      tokenUrl: `${SHOP}/admin/oauth/access_token`,
      scopes: [...scopes],
      scopeSeparator: ',',
      pkce: false,
      clientAuthentication: 'body',
    });
  }

  override sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    return { ...request, headers: { ...request.headers, [HEADER]: tokenOf(install).accessToken } };
  }
}

/** The token of an app that was made in the admin of the shop. */
export const accessToken = new ApiKeyAuth({ in: 'header', name: HEADER, label: 'Admin API access token' });
