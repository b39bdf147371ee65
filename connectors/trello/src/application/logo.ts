/** A mark of our own: a board with a card that moves. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1668c9"/><path d="M7 8h5v13H7zM20 8h5v6h-5z" fill="none" stroke="#fff" stroke-width="2.200" stroke-linejoin="round"/><path d="M14 25h9M20 22l3 3-3 3" fill="none" stroke="#fff" stroke-width="2.200" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
