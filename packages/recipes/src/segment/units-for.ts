const MOST_UNITS = 1024

/** Fewer units than the default of maps to look at: enough to tell groups apart, and never more than can be grouped quickly. */
export const unitsFor = (rows: number): number => Math.min(MOST_UNITS, Math.ceil(5 * Math.sqrt(rows)))
