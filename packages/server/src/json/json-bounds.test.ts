import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refused } from '../problem.ts'
import { checkJsonBounds } from './json-bounds.ts'

const FREE = { depth: 1000, containers: 1e6, names: 1e6 }
const refused = (text: string, most: object): string => {
  try {
    checkJsonBounds(Buffer.from(text), { ...FREE, ...most })
    return 'taken'
  } catch (error) {
    return error instanceof Refused ? error.issues[0].message : `thrown: ${error}`
  }
}

/** Depth, lists and objects, and the most names of one object, by the value itself. */
function measured(value: unknown): { depth: number; containers: number; names: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, containers: 0, names: 0 }
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  const within = Object.values(value).map(measured)
  return {
    depth: 1 + Math.max(0, ...within.map(({ depth }) => depth)),
    containers: within.reduce((sum, { containers }) => sum + containers, 1),
    names: Math.max(own, ...within.map(({ names }) => names)),
  }
}

describe('bounds of JSON', () => {
  it('are those of the value that is written, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6, stringUnit: 'binary' }), (text) => {
        const { depth, containers, names } = measured(JSON.parse(text))
        expect(refused(text, { depth, containers, names })).toBe('taken')
        if (depth > 0) expect(refused(text, { depth: depth - 1 })).toMatch(/nested at most/)
        if (containers > 0) expect(refused(text, { containers: containers - 1 })).toMatch(/lists and objects$/)
        if (names > 0) expect(refused(text, { names: names - 1 })).toMatch(/names$/)
      }),
    )
  })

  it('hold for what is not JSON, too', () => {
    fc.assert(fc.property(fc.string(), (text) => refused(text, FREE) === 'taken'))
    expect(refused(`${']'.repeat(9)}${'['.repeat(9)}`, { depth: 8 })).toMatch(/nested at most/)
  })
})
