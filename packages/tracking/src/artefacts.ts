import type { Som } from '@som/core'
import { onnxFlavour } from './onnx-flavour.ts'

/** The results of a training run. */
export interface Artefacts {
  readonly som: Som
  /** The name and contents of the map file. */
  readonly name: string
  readonly file: Uint8Array
  /** The map as an ONNX file; null if it cannot be expressed in ONNX. */
  onnx(): Uint8Array | null
  /** The U-matrix as SVG. */
  uMatrix(): string
  /** A report of rows on the map as HTML; null if no rows are in memory. */
  report(): Promise<string | null>
}

/** The model's folder among the artefacts of a run. */
export const MODEL_FOLDER = 'model'
/** Pictures of a larger map are too big to open. */
const MOST_UNITS_DRAWN = 40_000

/**
 * The files of a run for an MLflow server, one after another: the map, the model folder in the ONNX flavour, its
 * U-matrix, and a report of the rows.
 */
export async function* artefactsOf(trained: Artefacts): AsyncGenerator<[string, Uint8Array]> {
  const text = (contents: string): Uint8Array => new TextEncoder().encode(contents)
  const { som, name, file } = trained
  yield [name, file]
  const onnx = trained.onnx()
  if (onnx) for (const { path, contents } of onnxFlavour(som, onnx)) yield [`${MODEL_FOLDER}/${path}`, contents]
  if (som.codebook.rows > MOST_UNITS_DRAWN) return
  yield ['plots/u-matrix.svg', text(trained.uMatrix())]
  const report = await trained.report()
  if (report !== null) yield ['report.html', text(report)]
}
