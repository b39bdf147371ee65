/** A mark of our own: a page with a fold. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2b2b2b"/><path d="M9 7h10l5 5v13H9z" fill="#fff"/><path d="M12.500 15h7M12.500 19h7" stroke="#2b2b2b" stroke-width="1.800" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
