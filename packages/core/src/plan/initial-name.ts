/** The ways to start a codebook. Apart from what they do, so that checking a name does not load it. */
export const INITIALS = ['linear', 'random', 'sampled', 'k-means++'] as const
export type InitialName = (typeof INITIALS)[number]
