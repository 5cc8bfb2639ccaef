import type { Contender } from '../contender.ts'
import { nodeContender } from './node.ts'

/** The npm package @seracio/kohonen. */
export const seracio: Contender = nodeContender({
  name: '@seracio/kohonen',
  kind: 'package',
  licence: 'MIT',
  program: 'seracio.js',
})
