import { type DistanceFunction, distanceFunction, type Metric } from './distance.ts'

/**
 * The distance between two rows, either of which may have missing values: over the features that both have, without
 * rescaling. Rows that share no feature are infinitely far apart, so that they come after all others and tie with one
 * another.
 */
export function rowDistance(metric: Metric): DistanceFunction {
  const distance = distanceFunction(metric)
  return (a, b) => {
    const found = distance(a, b)
    return Number.isNaN(found) ? Number.POSITIVE_INFINITY : found
  }
}
