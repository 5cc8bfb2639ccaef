import {
  type Backend,
  type Diagnosis,
  diagnose,
  type Matches,
  type Plan,
  type Som,
  type StoredPlan,
  symptomsOf,
  withMoreEpochs,
} from '@som/core'

/** Runs of at least this many epochs have settled: no further epochs are tried on them. */
const SETTLED_EPOCHS = 15

/** A map, and what its training rows match on it where memory holds them. */
export interface TrainedRun {
  readonly som: Som
  readonly matches?: Matches
}

/** What stands out about a newly trained map; empty for rows that are not in memory. */
export async function findingsOf(
  { som, matches }: TrainedRun,
  planned: Plan | StoredPlan,
  backend: Backend,
): Promise<Diagnosis[]> {
  if (!('rows' in planned) || matches === undefined) return []
  const symptoms = symptomsOf(som, planned.rows, matches)
  const isShort = som.training.history.length < SETTLED_EPOCHS
  return diagnose(som, isShort ? await withMoreEpochs(som, planned.rows, symptoms, { backend }) : symptoms)
}
