/** A mark of our own: a bubble with three dots. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2a4fd6"/><path d="M7 9h18v12H15l-5 4v-4H7z" fill="#fff"/><g fill="#2a4fd6"><circle cx="11.500" cy="15" r="1.600"/><circle cx="16" cy="15" r="1.600"/><circle cx="20.500" cy="15" r="1.600"/></g></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
