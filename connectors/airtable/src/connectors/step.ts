// What the connectors have in common: for which of the applications they are.

/** Where the next page begins; the last page names none. */
export const onward = (offset: string | null | undefined) => (offset ? { cursor: offset } : {});
