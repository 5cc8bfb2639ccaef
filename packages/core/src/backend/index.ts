// The seam: what a backend is given and what it returns

export type {
  Backend,
  Choice,
  EpochReport,
  EpochStep,
  EpochSums,
  Matches,
  MatchOptions,
  Rows,
  Session,
  Task,
  Watch,
} from './backend.ts'

// Parts for authors of backends

export { checkRows, checkShapes } from './js/session-guard.ts'
export { mergeSums } from './merge-sums.ts'
