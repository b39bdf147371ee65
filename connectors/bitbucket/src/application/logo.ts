/** A mark of our own: a bucket. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f57c3"/><path d="M8 9h16l-2.500 15h-11z" fill="none" stroke="#fff" stroke-width="2.600" stroke-linejoin="round"/><path d="M12.500 14h7l-1 5h-5z" fill="#fff"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
