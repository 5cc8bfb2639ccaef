// Our own backends as a contender: node ours.js BACKEND KERNEL RULE|both WORKLOAD.json RESULT.json
import { readFileSync } from 'node:fs'
import type { Backend, Rows } from '@som/core'
import { js, VERSION } from '@som/core'
import type { EpochStep, Session, Task } from '@som/core/backend'
import { readFloats, readIndices, writeNpy } from '../npy.ts'
import type { Workload } from '../workload.ts'
import { finish, resultBeside } from './finish.ts'

const [name, kernel, rule, workloadPath, resultPath] = process.argv.slice(2)
const work: Workload = JSON.parse(readFileSync(workloadPath, 'utf8'))
const task: Task = {
  lattice: { cell: 'rectangular', shape: 'sheet', rows: work.mapRows, columns: work.mapColumns },
  metric: 'euclidean',
  kernel: kernel === 'cut-gaussian' ? kernel : 'gaussian',
}
const units = work.mapRows * work.mapColumns
const backend = await backendNamed(name)
const samples = readSamples()
const codebook = { rows: units, columns: work.features, data: readFloats(work.files.codebook) }
const steps = readSteps()
const epochs: number[] = []

// One repetition to warm the just-in-time compiler, as the other contenders have.
if (!work.wholeProcess) await once()
const seconds: number[] = []
let output: Awaited<ReturnType<typeof once>> | undefined
for (let i = 0; i < (work.wholeProcess ? 1 : work.repeats); i++) {
  const start = performance.now()
  output = await once()
  seconds.push((performance.now() - start) / 1000)
}
const path = resultBeside(resultPath, work.kind === 'match' ? 'units' : 'codebook')
if (output instanceof Int32Array) writeNpy(path, output, [output.length])
else if (output) writeNpy(path, output, [units, work.features])
finish(resultPath, {
  seconds,
  epochs,
  share: 1,
  versions: { '@som/core': VERSION },
  note: rule === 'batch' && work.kind === 'online' ? `batch, ${steps.length} epochs` : '',
  [work.kind === 'match' ? 'units' : 'codebook']: path,
})

async function once(): Promise<Float32Array | Int32Array> {
  const session: Session = await backend.open(task, samples, codebook)
  try {
    if (work.kind === 'match') return (await session.match(undefined, { second: rule === 'both' })).unit
    epochs.length = 0
    for (const step of steps) {
      const start = performance.now()
      await session.epoch(step)
      epochs.push((performance.now() - start) / 1000)
    }
    return (await session.codebook()).data
  } finally {
    session.close()
  }
}

function readSamples(): Rows {
  const { samples: dense, offsets, indices, values } = work.files
  if (dense) return { matrix: { rows: work.rows, columns: work.features, data: readFloats(dense) } }
  if (!offsets || !indices || !values) throw new Error('workload: neither dense nor sparse samples')
  return {
    matrix: {
      rows: work.rows,
      columns: work.features,
      offsets: readIndices(offsets),
      indices: readIndices(indices),
      values: readFloats(values),
    },
  }
}

function readSteps(): EpochStep[] {
  const { radius, rate, order } = work.files
  if (!radius) return []
  const radii = readFloats(radius)
  if (work.kind === 'online' && rule === 'batch') return batchSteps()
  if (work.kind !== 'online') return Array.from(radii, (r): EpochStep => ({ rule: 'batch', radius: r }))
  if (!rate || !order) throw new Error('workload: an online run needs rates and an order')
  return [{ rule: 'online', radius: radii, rate: readFloats(rate), order: readIndices(order) }]
}

/** The online run's work by the batch rule: a pass over the rows for as many updates. */
function batchSteps(): EpochStep[] {
  const epochs = Math.max(2, Math.round(work.updates / work.rows))
  const fall = (t: number): number => work.firstRadius * (work.lastRadius / work.firstRadius) ** (t / (epochs - 1))
  return Array.from({ length: epochs }, (_, t): EpochStep => ({ rule: 'batch', radius: fall(t) }))
}

async function backendNamed(which: string): Promise<Backend> {
  if (which === 'js') return js()
  // Loaded only where it is requested: a user of js does not load it either.
  const { native } = await import('@som/native')
  return native({ threads: work.threads })
}
