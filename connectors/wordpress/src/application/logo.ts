/** A mark of our own: a page with lines of a text. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#33526b"/><path d="M9 7.5h10l4 4v13H9z" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/><path d="M12.5 14h7M12.5 17.5h7M12.5 21h4" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
