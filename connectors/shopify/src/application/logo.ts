/** A mark of our own: a parcel. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#3f7d4e"/><path d="M16 6l9 4.5v11L16 26l-9-4.5v-11z" fill="#f3ecd9"/><path d="M7 10.5l9 4.5 9-4.5M16 15v11M11.5 8.3l9 4.5v4" fill="none" stroke="#3f7d4e" stroke-width="1.6"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
