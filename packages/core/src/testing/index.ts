export type { Skip } from './describe-backend.ts'
export { describeBackend } from './describe-backend.ts'
export { drawClusters, drawMatrix, drawSparse, drawWeights } from './draw.ts'
export { plainBatchEpoch, plainInfluence, plainMatch, plainOnlineStep } from './plain.ts'
