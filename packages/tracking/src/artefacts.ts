import type { Som } from '@som/core'
import { onnxFlavour } from './onnx-flavour.ts'

/** What came of a training run. */
export interface Artefacts {
  readonly som: Som
  /** The map file: its name, and what is in it. */
  readonly name: string
  readonly file: Uint8Array
  /** The map as an ONNX file; null where it cannot be one. */
  onnx(): Uint8Array | null
  /** The U-matrix as SVG. */
  uMatrix(): string
  /** A report of rows on the map as HTML; null where memory held no rows. */
  report(): Promise<string | null>
}

/** Where the model lies among the artefacts of a run. */
export const MODEL_FOLDER = 'model'
/** A larger map makes pictures that nobody can open. */
const MOST_UNITS_DRAWN = 40_000

/** The files that an MLflow server gets of a run, one after another: the map, the folder of the model under the ONNX flavour, its U-matrix, and a report of the rows. */
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
