/** What a choice does with the units chosen before: takes their place, joins them, leaves them, or turns each over. */
export type SelectMode = 'replace' | 'add' | 'remove' | 'toggle'

/** The detail of `som-select`. */
export interface SelectDetail {
  readonly units: readonly number[]
  readonly mode: SelectMode
}

/** The detail of `som-hover`: the unit under the pointer, or null. */
export interface HoverDetail {
  readonly unit: number | null
}
