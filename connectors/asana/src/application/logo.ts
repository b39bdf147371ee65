/** A mark of our own: three dots that lean on each other. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#c8385a"/><g fill="#fff"><circle cx="16" cy="11" r="4.5"/><circle cx="9.5" cy="20.5" r="4.5"/><circle cx="22.5" cy="20.5" r="4.5"/></g></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
