/** A mark of our own: a box with an open lid. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57d0"/><path d="M8 15h16v9H8zM8 15l-2-5h20l-2 5M13 19h6" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
