// Logs the backend that trained a map, and why a better one did not.
import { type Backend, firstOf, js, plan, samplesOf, train } from '@som/core'
import { native } from '@som/native'

const samples = samplesOf(Array.from({ length: 60 }, (_, i) => [i % 7, (i * i) % 11]))
const backend: Backend = firstOf(native({ threads: 2 }), js())
const planned = plan({ samples, lattice: { rows: 4, columns: 5 } })
if (planned.isErr) throw new Error('no plan')
const trained = await train({ samples, lattice: { rows: 4, columns: 5 } }, { backend })
if (trained.isErr) throw new Error('no map')
const reasons = backend.choose?.(planned.value.task)?.passedOver.map(({ reason }) => reason) ?? []
console.log([trained.value.training.backend, ...reasons].join('\n'))
