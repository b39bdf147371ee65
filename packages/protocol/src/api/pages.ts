// Addresses of pages for people, for those who lead them there.

/** Where the web application lives. Everything else that the platform does not name is the gateway's. */
export const ADMIN_PATH = '/admin';
/** Where a person who was invited, or who forgot, sets a password; the token of the link stands behind `#`. */
export const JOIN_PATH = `${ADMIN_PATH}/join`;
/** Says what went wrong in `?problem=`. */
export const SIGN_IN_PATH = `${ADMIN_PATH}/sign-in`;
