/** What a key allows. `admin` allows everything. */
export const SCOPES = ['read', 'score', 'train', 'admin'] as const
export type Scope = (typeof SCOPES)[number]
