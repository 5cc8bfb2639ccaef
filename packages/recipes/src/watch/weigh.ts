import { type Matches, type Matrix, matrix, type Som } from '@som/core'

/** This share of the mean variance is added, so that a feature with tiny residuals does not dominate the others. */
const LEAST_SHARE = 0.1

/**
 * The map in units of its residuals: each feature is divided by the standard deviation of its residuals (row minus
 * prototype), so that a feature that the map predicts well counts more, and noise counts less. The distance is then a
 * diagonal Mahalanobis distance.
 */
export function weighByResiduals(som: Som, rows: Matrix, { unit }: Pick<Matches, 'unit'>): Som {
  const { columns } = rows
  const squares = new Float64Array(columns)
  const present = new Float64Array(columns)
  for (let i = 0; i < rows.rows; i++) {
    if (unit[i] < 0) continue
    for (let f = 0; f < columns; f++) {
      const residual = rows.data[i * columns + f] - som.codebook.data[unit[i] * columns + f]
      if (Number.isNaN(residual)) continue
      squares[f] += residual * residual
      present[f]++
    }
  }
  const variances = squares.map((sum, f) => (present[f] > 0 ? sum / present[f] : 0))
  const mean = variances.reduce((sum, x) => sum + x, 0) / columns
  // Rows that all lie on their prototypes show no noise.
  if (!(mean > 0)) return som
  const weights = variances.map((variance) => 1 / Math.sqrt(variance / mean + LEAST_SHARE))
  const { codebook } = som
  return {
    ...som,
    features: som.features.map((feature, f) => ({
      ...feature,
      preprocessing: { ...feature.preprocessing, factor: feature.preprocessing.factor * weights[f] },
    })),
    codebook: matrix(
      codebook.rows,
      columns,
      codebook.data.map((x, i) => x * weights[i % columns]),
    ),
  }
}
