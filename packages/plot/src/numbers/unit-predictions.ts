import { predictPrepared, type Som, type TargetPrediction } from '@som/core'

/** What a map predicts at each of its units, with the prototype as the row. Nothing for a map without targets. */
export async function unitPredictions(som: Som): Promise<readonly TargetPrediction[]> {
  if (som.targets === undefined) return []
  return (await predictPrepared(som, { matrix: som.codebook })).targets
}
