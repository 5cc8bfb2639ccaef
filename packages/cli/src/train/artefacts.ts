import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Backend, Samples, Som } from '@som/core'
import { encodeOnnx } from '@som/io'
import { uMatrixPlot } from '@som/plot'
import type { Artefacts } from '@som/tracking'
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

/** What the record of a run gets of a map. */
export async function artefactsOf({ som, output, table, shown, backend }: Trained): Promise<Artefacts> {
  return {
    som,
    name: basename(output),
    file: await readFile(output),
    onnx: () => encodeOnnx(som).unwrapOr(null),
    uMatrix: () => uMatrixPlot(som),
    report: async () => (shown ? (await pageOf(som, shown, { backend, source: table })).html : null),
  }
}
