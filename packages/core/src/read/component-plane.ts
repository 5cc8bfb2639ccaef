import { throwIssues } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { notOneOf } from '../issue.ts'
import { fromPreprocessed } from '../rows/preprocessing.ts'
import type { Som } from '../som.ts'

/**
 * One feature of every prototype, in the user's units. Throws a RangeError for anything but a map, or where it has no
 * such feature: a name comes from `som.features`, and one that a user typed should be looked up there first.
 */
export function componentPlane(som: Pick<Som, 'features' | 'codebook'>, feature: string): Float64Array {
  throwIssues((issues) => checkSom(som, issues, ['features', 'codebook']))
  const f = som.features.findIndex((candidate) => candidate.name === feature)
  if (f < 0) {
    const names = som.features.map((candidate) => candidate.name)
    throw new RangeError(`feature: ${notOneOf(feature, names)}`)
  }
  const { rows, columns, data } = som.codebook
  const preprocessing = som.features[f].preprocessing
  const plane = new Float64Array(rows)
  for (let unit = 0; unit < rows; unit++) plane[unit] = fromPreprocessed(preprocessing, data[unit * columns + f])
  return plane
}
