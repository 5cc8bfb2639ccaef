import { fromPreprocessed } from '../rows/preprocessing.ts'
import type { Som } from '../som.ts'

/** One feature of every prototype, in the user's units. Throws where the map has no such feature. */
export function componentPlane(som: Pick<Som, 'features' | 'codebook'>, feature: string): Float64Array {
  const f = som.features.findIndex((candidate) => candidate.name === feature)
  if (f < 0) {
    const names = som.features.map((candidate) => candidate.name).join(', ')
    throw new RangeError(`feature: expected one of ${names}, found ${JSON.stringify(feature)}`)
  }
  const { rows, columns, data } = som.codebook
  const preprocessing = som.features[f].preprocessing
  return Float64Array.from({ length: rows }, (_, unit) => fromPreprocessed(preprocessing, data[unit * columns + f]))
}
