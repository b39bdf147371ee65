/** Of requests, and of the events of webhook endpoints. */
export const API_VERSION = '2025-09-30.clover';
