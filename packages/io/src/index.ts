// Tables in

// Tables out
export { csvCell, firstRecord } from './csv/record.ts'
export { MISSING_MARKERS } from './missing.ts'
// Maps in and out
export { readModel, writeModel } from './model/files.ts'
export { decodeModel, encodeModel, MODEL_VERSION } from './model/som-file.ts'
export { openTable } from './open-table.ts'
// What can go wrong
export type { Problem, ProblemKind } from './problem.ts'
export { ProblemError } from './problem.ts'
export { readSamples } from './read-samples.ts'
export type { ColumnChoice, Selection } from './select-columns.ts'
export { notNumeric, selectColumns, unknownColumn } from './select-columns.ts'
export type { Chunk, Column, ColumnKind, Table } from './table.ts'
export type { Put } from './write-aside.ts'
export { checkWritable, writeAside } from './write-aside.ts'
export type { Beside } from './write-beside.ts'
export { writeBeside } from './write-beside.ts'
