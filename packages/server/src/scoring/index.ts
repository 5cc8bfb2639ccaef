// Rows and answers as Arrow streams, for programs that read them from a pipe

export { arrowRows } from './arrow-rows.ts'
export type { ScoreName } from './arrow-scores.ts'
export { arrowScores, SCORES } from './arrow-scores.ts'
