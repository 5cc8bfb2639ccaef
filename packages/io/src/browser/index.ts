// Tables in

export { MISSING_MARKERS } from '../cell/missing.ts'
export type { Input, OnNewLevel, Selection } from '../features.ts'
export { featureChunks, findFeatures } from '../features.ts'
// Maps in and out
export { decodeModel, encodeModel, MODEL_VERSION } from '../model/som-file.ts'
export { encodeOnnx } from '../onnx/encode-onnx.ts'
// What can go wrong
export type { Problem, ProblemKind } from '../problem.ts'
export { ProblemError } from '../problem.ts'
export { readSamples } from '../read-samples.ts'
export type { ColumnChoice } from '../select-columns.ts'
export { selectColumns, selectFeatures } from '../select-columns.ts'
export type { Chunk, Column, ColumnKind, Table } from '../table.ts'
export type { PageReading, TableFile } from './open-table.ts'
export { openTable } from './open-table.ts'
