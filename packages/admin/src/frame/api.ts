// The platform, as this page sees it: its own origin, with the session of its cookie.

import { SluiceClient } from '@sluice/client';

export const api = new SluiceClient({ url: window.location.origin });
