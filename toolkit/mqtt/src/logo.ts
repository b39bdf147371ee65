const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#5d3b7a"/><path d="M7 25v-4a4 4 0 0 1 4 4zM7 17a8 8 0 0 1 8 8M7 11a14 14 0 0 1 14 14" fill="none" stroke="#fff" stroke-width="3"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
