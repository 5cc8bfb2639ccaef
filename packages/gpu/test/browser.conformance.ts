import { gpu } from '../src/browser.ts'
import { conformance } from './conformance.ts'

await conformance(gpu)
