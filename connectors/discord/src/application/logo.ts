/** A mark of our own: two who speak. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#4c58d0"/><path d="M7 8h13v9h-7l-4 3.500V17H7z" fill="#fff"/><path d="M16 20h5l4 3.500V20h1v-8h-3.500" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
