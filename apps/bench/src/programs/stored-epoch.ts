// Batch epochs over a Parquet file whose rows stay on disk, or are read into memory: node stored-epoch.js
// disk|memory WORKLOAD.json RESULT.json
import { readFileSync } from 'node:fs'
import { type Backend, js, matrix, type Plan, plan, planStored, type StoredPlan, trainEpochs } from '@som/core'
import { limitMemory, openSpool, openTable, readSamples, type Spool, samplePartsOf, selectColumns } from '@som/io'
import { native } from '@som/native'
import { readFloats, writeNpy } from '../npy.ts'
import type { Workload } from '../workload.ts'
import { finish, resultBeside } from './finish.ts'

/** As `som train --memory 512MiB` has it. */
const DATABASE_MEMORY = 2 ** 27

const [where, workloadPath, resultPath] = process.argv.slice(2)
const work: Workload = JSON.parse(readFileSync(workloadPath, 'utf8'))
const epochs = work.updates / work.rows
const units = work.mapRows * work.mapColumns
const options = {
  lattice: { rows: work.mapRows, columns: work.mapColumns },
  preprocessing: 'none',
  radius: { start: work.firstRadius, end: work.lastRadius },
  epochs,
  initial: matrix(units, work.features, readFloats(work.files.codebook)),
} as const
const spools: Spool[] = []
let waited = 0

try {
  const began = performance.now()
  const planned = where === 'disk' ? await fromDisk() : await fromMemory()
  const preparing = (performance.now() - began) / 1000
  const reading = 'stored' in planned ? await readingAlone(planned) : 0
  const { seconds, waiting, codebook } = await train(planned)
  const path = resultBeside(resultPath, 'codebook')
  writeNpy(path, codebook, [units, work.features])
  const share = Math.round((100 * waiting) / seconds)
  finish(resultPath, {
    seconds: [seconds],
    share: 1,
    versions: {},
    note:
      where === 'disk'
        ? `${share} % of the time waits for rows, ${100 - share} % is arithmetic; reading alone takes ${reading.toPrecision(3)} s a pass`
        : 'rows in memory',
    details: { preparing, reading, waiting, computing: seconds - waiting },
    codebook: path,
  })
} finally {
  for (const spool of spools) spool.close()
}

async function fromDisk(): Promise<StoredPlan> {
  limitMemory(DATABASE_MEMORY)
  const table = (await openTable(work.files.table ?? '')).unwrapOrElse(fail)
  try {
    const samples = (await samplePartsOf(table, selectColumns(table, {}).unwrapOrElse(fail))).unwrapOrElse(fail)
    const planned = await planStored({ ...options, samples }, async (_, columns, chunkRows) => {
      const spool = await openSpool(columns, chunkRows)
      spools.push(spool)
      return spool
    })
    return withClock(planned.unwrapOrElse(fail))
  } finally {
    table.close()
  }
}

async function fromMemory(): Promise<Plan> {
  const table = (await openTable(work.files.table ?? '')).unwrapOrElse(fail)
  try {
    const samples = (await readSamples(table, selectColumns(table, {}).unwrapOrElse(fail))).unwrapOrElse(fail)
    return plan({ ...options, samples }).unwrapOrElse(fail)
  } finally {
    table.close()
  }
}

/** The same plan, whose parts count the time that is spent waiting for them: reading that arithmetic does not hide. */
function withClock(planned: StoredPlan): StoredPlan {
  const { stored } = planned
  return {
    ...planned,
    stored: {
      ...stored,
      async *parts() {
        let asked = performance.now()
        for await (const part of stored.parts()) {
          waited += (performance.now() - asked) / 1000
          yield part
          asked = performance.now()
        }
      },
    },
  }
}

async function readingAlone({ stored }: StoredPlan): Promise<number> {
  const start = performance.now()
  for await (const _ of stored.parts());
  return (performance.now() - start) / 1000
}

async function train(
  planned: Plan | StoredPlan,
): Promise<{ seconds: number; waiting: number; codebook: Float32Array }> {
  const fast = native({ threads: work.threads })
  const backend: Backend = fast.rejects(planned.task) === null ? fast : js()
  waited = 0
  const start = performance.now()
  for await (const { record, snapshot } of trainEpochs(planned, { backend })) {
    if (record.epoch < epochs) continue
    const [seconds, waiting] = [(performance.now() - start) / 1000, waited]
    return { seconds, waiting, codebook: (await snapshot()).codebook.data }
  }
  throw new Error('no epoch ended')
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
