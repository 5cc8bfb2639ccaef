import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Backend, Samples, Som } from '@som/core'
import { encodeOnnx } from '@som/io'
import { uMatrixPlot } from '@som/plot'
import type { Artefacts } from '@som/tracking'
import { pageOf } from '../report/page-of.ts'

/** A trained map, and what a report can show beside it. */
export interface Trained {
  readonly som: Som
  /** The map file. */
  readonly output: string
  /** The name of the table. */
  readonly table: string
  /** Rows for a report, if they are in memory. */
  readonly shown?: Samples
  readonly backend: Backend
}

/** The artefacts of a map that go into the record of a run. */
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
