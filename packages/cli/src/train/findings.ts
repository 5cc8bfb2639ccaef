import {
  type Backend,
  type Diagnosis,
  diagnose,
  matchPrepared,
  type Plan,
  type Som,
  type StoredPlan,
  symptomsOf,
  withMoreEpochs,
} from '@som/core'

/** Runs of at least so many epochs have settled: no further ones are tried on them. */
const SETTLED_EPOCHS = 15

/** What stands out about a map that was just trained; empty for rows that memory does not hold. */
export async function findingsOf(som: Som, planned: Plan | StoredPlan, backend: Backend): Promise<Diagnosis[]> {
  if (!('rows' in planned)) return []
  const symptoms = symptomsOf(som, planned.rows, await matchPrepared(som, planned.rows, { backend }))
  const isShort = som.training.history.length < SETTLED_EPOCHS
  return diagnose(som, isShort ? await withMoreEpochs(som, planned.rows, symptoms, { backend }) : symptoms)
}
