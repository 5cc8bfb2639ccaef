import parse from 'secure-json-parse'
import { Refused } from '../problem.ts'
import { checkJsonBounds, type JsonBounds } from './json-bounds.ts'

/** What bytes of JSON say. Throws a `Refused` where they are not JSON, or hold more than they may. */
export function readJson(bytes: Uint8Array, most: JsonBounds): unknown {
  checkJsonBounds(bytes, most)
  try {
    // Names that would reach a prototype are refused.
    return parse(textOf(bytes), { protoAction: 'error', constructorAction: 'error' })
  } catch (error) {
    const found = error instanceof Error ? error.message.slice(0, 100) : 'other text'
    throw new Refused(400, [{ path: '', message: `expected a body of JSON, found: ${found}` }])
  }
}

export const textOf = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('utf8')
