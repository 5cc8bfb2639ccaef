import { type Issues, show } from '../issue.ts'
import { isOwnMetric, type Metric } from '../map/distance.ts'
import { type Matrix, rowOf } from '../rows/matrix.ts'

/**
 * Tries a metric of the user's own on the first and the last prototype: an issue where it throws or gives something
 * that is not a distance.
 */
export function checkOwnMetric(metric: Metric, codebook: Matrix, issues: Issues): void {
  if (!isOwnMetric(metric)) return
  const [first, last] = [rowOf(codebook, 0), rowOf(codebook, codebook.rows - 1)]
  const wanted = `give a function of two rows of ${codebook.columns} numbers that returns a number of at least 0`
  try {
    for (const other of [first, last]) {
      const found: unknown = metric.distance(first, other)
      if (typeof found === 'number' && found >= 0) continue
      issues.add('metric', `${show(metric.name)}: expected a distance of at least 0, found ${show(found)}; ${wanted}`)
      return
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : show(error)
    issues.add('metric', `${show(metric.name)} threw: ${why}; ${wanted}`)
  }
}
