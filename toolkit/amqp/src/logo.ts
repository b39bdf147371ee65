const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#b0532c"/><path d="M6 12h8v8H6zM18 8h8v6h-8zM18 18h8v6h-8zM14 16h4M16 11v10M16 11h2M16 21h2" fill="#fff" stroke="#fff" stroke-width="1.5"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
