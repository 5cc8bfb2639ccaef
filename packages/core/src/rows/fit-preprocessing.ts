import { columnsFitting } from './fit-columns.ts'
import type { FeaturePreprocessing, PreprocessingName } from './preprocessing.ts'

/** Fits one feature's preprocessing to all its values at once; at least one must be present. */
export function fitPreprocessing(
  values: Float64Array,
  method: PreprocessingName,
  {
    cofactor,
    factor,
    weights,
  }: { readonly cofactor: number; readonly factor: number; readonly weights?: Float32Array },
): FeaturePreprocessing {
  const fitting = columnsFitting([method], cofactor)
  do fitting.add({ data: values, rows: values.length, weights })
  while (fitting.again())
  return fitting.done(0, factor)
}
