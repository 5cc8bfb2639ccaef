// The seam: what a backend is given and what it returns

export type {
  Backend,
  Choice,
  EpochReport,
  EpochStep,
  EpochSums,
  Matches,
  MatchOptions,
  NearestUnits,
  Rows,
  Session,
  Task,
  Watch,
} from './backend.ts'

// Parts for authors of backends

export { squaredLatticeDistance } from '../map/lattice.ts'
export { measures } from '../map/measures.ts'
export { nextTurn } from '../next-turn.ts'
export { toDense, toSparse } from '../rows/matrix.ts'
export { checkNearest, checkRows, checkShapes } from './js/session-guard.ts'
export { sumRows } from './js/sums.ts'
export { mergeSums } from './merge-sums.ts'
