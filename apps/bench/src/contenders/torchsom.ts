import { totalmem } from 'node:os'
import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** It keeps how far each unit is from each other unit, made of two such tables of their coordinates' differences. */
const BYTES_A_PAIR = 16

const onCpu = pythonContender({
  name: 'TorchSOM',
  kind: 'package',
  licence: 'Apache-2.0',
  script: 'torchsom_batches.py',
  environment: 'torch',
  needs: 'torchsom',
})

/** TorchSOM on the CPU. */
export const torchsom: Contender = {
  ...onCpu,
  start(work) {
    const bytes = BYTES_A_PAIR * (work.mapRows * work.mapColumns) ** 2
    if (bytes <= totalmem()) return onCpu.start(work)
    return { absent: `its tables of all pairs of units would take ${Math.round(bytes / 2 ** 30)} GiB` }
  },
}
