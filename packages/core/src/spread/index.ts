// Training on rows that workers hold: `planSpread` puts questions, `spreadWorker` answers them

export type { Numbers } from '../chunks/packed.ts'
export { packNumbers, packSums, unpackNumbers, unpackSums } from '../chunks/packed.ts'
export type { Found, Pass } from './pass.ts'
export type { SpreadOptions } from './plan-spread.ts'
export { checkSpreadOptions, planSpread, spreadChunkRows } from './plan-spread.ts'
export type { SpreadSamples } from './spread-samples.ts'
export type { RawChunk, SpreadWorker } from './spread-worker.ts'
export { spreadWorker } from './spread-worker.ts'
