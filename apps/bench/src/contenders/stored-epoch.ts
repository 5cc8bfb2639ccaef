import type { Contender } from '../contender.ts'
import { nodeContender } from './node.ts'

const ours = { kind: 'ours', licence: 'MIT', program: 'stored-epoch.js', timesItself: true } as const

/** Epochs over rows in memory. */
export const residentEpochs: Contender = nodeContender({ ...ours, name: 'rows in memory', args: ['memory'] })

/** Epochs over rows that stay on disk. */
export const storedEpochs: Contender = nodeContender({ ...ours, name: 'rows on disk', args: ['disk'] })
