/** A mark of our own: a sheet with a total below a line. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#13788f"/><path d="M9 7.500h14v17H9zM12.500 12h7M12.500 15.500h7M12.500 20.500h7" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
