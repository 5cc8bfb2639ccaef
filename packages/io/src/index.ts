// Reading tables
export type { ArrowRules } from './arrow/arrow-pieces.ts'
export { arrowPieces } from './arrow/arrow-pieces.ts'
export { NotArrow } from './arrow/not-arrow.ts'
export type { Decimals, Proven } from './cell/cell-number.ts'
export { cellNumber, decimalsOf, NOTHING_PROVEN, provenBy } from './cell/cell-number.ts'
export { parseJson } from './cell/parse-json.ts'
export type { RowCells } from './cell/row-cells.ts'
export { rowCells } from './cell/row-cells.ts'
// Codebooks of other programs
export type { Codebook } from './codebooks/codebook.ts'
export { codebookOf, somOf } from './codebooks/codebook.ts'
export { decodeWeights, encodeBestMatches, encodeHeights, encodeWeights } from './codebooks/esom.ts'
export type { Npy } from './codebooks/npy.ts'
export { decodeNpy, encodeNpy } from './codebooks/npy.ts'
export { decodeSomPak, encodeSomPak } from './codebooks/som-pak.ts'
export {
  decodeKohonen,
  decodeMiniSom,
  encodeCodebookCsv,
  encodeCodebookNpy,
} from './codebooks/table.ts'
export { dialectOf, likelyDelimiter } from './csv/dialect.ts'
// Writing tables
export { csvCell, firstRecord } from './csv/record.ts'
export { limitMemory } from './duckdb.ts'
export type { Input, OnNewLevel, Selection } from './features.ts'
export { featureChunks, findFeatures } from './features.ts'
export { fileProblem } from './file-problem.ts'
// Map files
export { readModel, writeModel } from './model/files.ts'
export { decodeModel, encodeModel, MODEL_VERSION } from './model/som-file.ts'
export { encodeOnnx } from './onnx/encode-onnx.ts'
export type { Reading } from './open-table.ts'
export { openTable } from './open-table.ts'
// Problems
export type { Problem, ProblemKind } from './problem.ts'
export { ProblemError, settle } from './problem.ts'
export { readSamples } from './read-samples.ts'
export type { Spool } from './rows-spool.ts'
export { openSpool } from './rows-spool.ts'
export { samplePartsOf } from './sample-parts.ts'
export type { ColumnChoice } from './select-columns.ts'
export { columnsNamed, selectColumns, selectFeatures } from './select-columns.ts'
export type { Chunk, Column, ColumnKind, Table } from './table.ts'
export type { ArrowCells } from './typed/arrow-cells.ts'
export { arrowCells } from './typed/arrow-cells.ts'
export type { LoadedType } from './typed/loaded-table.ts'
export type { Put } from './write-aside.ts'
export { checkWritable, writeAside } from './write-aside.ts'
export type { Beside } from './write-beside.ts'
export { CELL_TYPES, writeBeside } from './write-beside.ts'
export { TABLE_FORMATS, writeCsvAs, writeTable } from './write-table.ts'
