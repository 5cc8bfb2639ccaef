const MOST_UNITS = 1024

/** Fewer units than the default for maps to look at: enough to separate groups, and few enough to group quickly. */
export const unitsFor = (rows: number): number => Math.min(MOST_UNITS, Math.ceil(5 * Math.sqrt(rows)))
