import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Backend, Samples, Som } from '@som/core'
import { encodeOnnx } from '@som/io'
import { uMatrixPlot } from '@som/plot'
import { onnxFlavour } from '@som/tracking'
import { pageOf } from '../report/page-of.ts'

/** A map that was trained, and what it may be shown with. */
export interface Trained {
  readonly som: Som
  /** The map file. */
  readonly output: string
  /** The name of the table. */
  readonly table: string
  /** Rows for a report, where memory held them. */
  readonly shown?: Samples
  readonly backend: Backend
}

/** Where the model lies among the artefacts of a run. */
export const MODEL_FOLDER = 'model'
/** A larger map makes pictures that nobody can open. */
const MOST_UNITS_DRAWN = 40_000

/** The files that an MLflow server gets of a run, one after another: the map, its U-matrix, a report of the rows, and the folder of the model under the ONNX flavour. */
export async function* artefactsOf({
  som,
  output,
  table,
  shown,
  backend,
}: Trained): AsyncGenerator<[string, Uint8Array]> {
  const text = (contents: string): Uint8Array => new TextEncoder().encode(contents)
  yield [basename(output), await readFile(output)]
  const onnx = encodeOnnx(som)
  if (onnx.isOk) {
    for (const { path, contents } of onnxFlavour(som, onnx.value)) yield [`${MODEL_FOLDER}/${path}`, contents]
  }
  if (som.codebook.rows > MOST_UNITS_DRAWN) return
  yield ['plots/u-matrix.svg', text(uMatrixPlot(som))]
  if (shown === undefined) return
  const { html } = await pageOf(som, shown, { backend, source: table })
  yield ['report.html', text(html)]
}
