import type { Issue } from '@som/core'
import { checkModel, openModel } from '../registry/check-model.ts'
import { editedClusters } from '../registry/edit-clusters.ts'
import { drawMap } from '../scoring/draw-map.ts'
import { drawReport } from '../scoring/draw-report.ts'
import { drawRows } from '../scoring/draw-rows.ts'
import { readMatrix, readSamples, readTensors } from '../scoring/read-body.ts'

interface Tasks {
  readonly readMatrix: typeof readMatrix
  readonly readSamples: typeof readSamples
  readonly readTensors: typeof readTensors
  readonly drawMap: typeof drawMap
  readonly drawReport: typeof drawReport
  readonly drawRows: typeof drawRows
  readonly checkModel: typeof checkModel
  readonly openModel: typeof openModel
  readonly editedClusters: typeof editedClusters
}

/** What threads of the pool do. What a task is given and gives is copied between threads, so it is plain data. */
export const TASKS: Tasks = {
  ...{ readMatrix, readSamples, readTensors },
  ...{ drawMap, drawReport, drawRows },
  ...{ checkModel, openModel, editedClusters },
}

export type TaskName = keyof Tasks
export type Given<N extends TaskName> = Parameters<Tasks[N]>[0]
export type Taken<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>

/** What a thread answers. */
export type Answered =
  | { readonly taken: unknown }
  | { readonly refused: { readonly status: number; readonly issues: readonly Issue[] } }
