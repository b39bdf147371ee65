const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2f6b5e"/><path d="M8 12h16M8 20h16M20 8l4 4-4 4M12 16l-4 4 4 4" fill="none" stroke="#fff" stroke-width="2.5"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
