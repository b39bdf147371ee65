/** A mark of our own: two people who talk. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#57265c"/><path d="M6 8h13v9H11l-3 3v-3H6z" fill="#e8b339"/><path d="M13 19h8v-6h5v10h-2v3l-3-3h-8z" fill="#4bb58f"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
