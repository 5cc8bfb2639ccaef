/** Builds the page of the studio where it is missing or older than what it is made of. */
export function ensureStudioPage(): Promise<void>
