// Puts a run on record.
import { readFileSync } from 'node:fs'
import { plan, samplesOf, trainEpochs } from '@som/core'
import { all, follow, jsonl, type Tracker } from '@som/tracking'

const planned = plan({ samples: samplesOf([[1, 2], [3, 5]]), lattice: { rows: 2, columns: 2 }, epochs: 3 }) // biome-ignore format: a table
if (planned.isErr) throw new Error('no plan')
const tracker: Tracker = all(jsonl('runs.jsonl'))
const som = await follow(tracker, { experiment: 'rehearsal' }, planned.value, trainEpochs(planned.value))
console.log(som.training.history.length, readFileSync('runs.jsonl', 'utf8').length > 0)
