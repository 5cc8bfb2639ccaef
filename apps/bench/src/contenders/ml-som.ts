import type { Contender } from '../contender.ts'
import { nodeContender } from './node.ts'

/** The npm package ml-som. */
export const mlSom: Contender = nodeContender({ name: 'ml-som', kind: 'package', licence: 'MIT', program: 'ml-som.js' })
