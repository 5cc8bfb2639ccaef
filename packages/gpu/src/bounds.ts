import { FORMS, type FormName } from './forms.ts'

/** The relative error of one f32 operation in WGSL, which may round either way. */
const ROUNDING = 2 ** -23

/** What a smaller sum is taken for: a card may take numbers below 2⁻¹²⁶ for 0, which larger sums do not notice. */
export const LEAST_SUM: number = 2 ** -90

/** Sums above it are not trusted: WGSL promises nothing once a sum overflows. */
export const MOST_SUM = 1e37

/** What the card reports for units that a map does not have. */
export const NO_SUM = 3e38

/** Past this share of error nothing is matched on the card. */
const MOST_ERROR = 0.01

/** Room for the definition's own rounding in f64, for flushed numbers and for the second order of the error. */
const ROOM = 1.02

/**
 * If the card's sum for one unit is above `ratio` times that for another, the first is farther by the definition. Null
 * if there are too many features for a useful bound.
 */
export function ratioOf(form: FormName, features: number): number | null {
  const error = ROOM * FORMS[form].roundings(features) * ROUNDING
  return error > MOST_ERROR ? null : (1 + error) / (1 - error)
}

/** The greatest absolute value of a number on the card, with which no sum overflows. */
export function mostValue(features: number): number {
  return Math.sqrt(MOST_SUM / (4 * features))
}
