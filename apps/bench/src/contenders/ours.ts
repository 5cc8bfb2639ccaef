import type { Contender } from '../contender.ts'
import { nodeContender } from './node.ts'

const ours = { kind: 'ours', licence: 'MIT', program: 'ours.js' } as const

/** The reference backend, plain TypeScript on one thread. */
export const jsBackend: Contender = nodeContender({ ...ours, name: 'js', args: ['js', 'gaussian', '-'] })

/** The Rust backend. */
export const nativeBackend: Contender = nodeContender({ ...ours, name: 'native', args: ['native', 'gaussian', '-'] })

/** The reference backend with the gaussian cut at the radius, as ml-som cuts its own. */
export const jsCut: Contender = nodeContender({ ...ours, name: 'js, cut gaussian', args: ['js', 'cut-gaussian', '-'] })

/** The Rust backend with the gaussian cut at the radius. */
export const nativeCut: Contender = nodeContender({
  ...ours,
  name: 'native, cut gaussian',
  args: ['native', 'cut-gaussian', '-'],
})

/** The Rust backend by the batch rule where the workload is an online one. */
export const nativeBatch: Contender = nodeContender({
  ...ours,
  name: 'native, batch',
  args: ['native', 'gaussian', 'batch'],
})

/** The Rust backend, second-best units found too where the workload is matching. */
export const nativeBoth: Contender = nodeContender({
  ...ours,
  name: 'native, second best too',
  args: ['native', 'gaussian', 'both'],
})

/** The reference backend by the batch rule where the workload is an online one. */
export const jsBatch: Contender = nodeContender({ ...ours, name: 'js, batch', args: ['js', 'gaussian', 'batch'] })

/** The Rust backend from the start of the process's own code to the end of the first epoch. */
export const nativeStart: Contender = nodeContender({
  ...ours,
  name: 'native',
  program: 'start.js',
  args: ['native'],
  timesItself: true,
})

/** The same of the reference backend. */
export const jsStart: Contender = nodeContender({
  ...ours,
  name: 'js',
  program: 'start.js',
  args: ['js'],
  timesItself: true,
})
