import { gpu } from '../src/node.ts'
import { conformance } from './conformance.ts'

await conformance(gpu)
