import type { Matches } from '../backend/backend.ts'
import { throwIssues } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { show } from '../issue.ts'
import { fromPreprocessed } from '../rows/preprocessing.ts'
import type { Samples } from '../rows/samples.ts'
import type { Som } from '../som.ts'

/**
 * The rows with each missing value filled in from the prototype of the row's best-matching unit, in the user's units. A
 * row without a unit keeps its missing values. `matches` must be those of the same rows. Throws a RangeError
 * for anything but a map, or unless there is one match per row.
 */
export function impute(som: Pick<Som, 'features' | 'codebook'>, samples: Samples, matches: Matches): Samples {
  throwIssues((issues) => {
    checkSom(som, issues, ['features', 'codebook'])
    const found = matches?.unit?.length
    if (found !== samples.rows) issues.add('matches', `expected one per row (${samples.rows}), found ${show(found)}`)
  })
  const columns = samples.features.length
  const data = Float64Array.from(samples.data)
  som.features.forEach((feature, f) => {
    const column = samples.features.indexOf(feature.name)
    if (column < 0) return
    for (let i = 0; i < samples.rows; i++) {
      const at = i * columns + column
      const unit = matches.unit[i]
      if (!Number.isNaN(data[at]) || unit < 0) continue
      data[at] = fromPreprocessed(feature.preprocessing, som.codebook.data[unit * som.codebook.columns + f])
    }
  })
  return { ...samples, data }
}
