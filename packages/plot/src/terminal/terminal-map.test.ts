import { type Lattice, matrix } from '@som/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { componentPlaneText } from './component-plane-text.ts'
import { TERMINAL_COLOURS, terminalMap } from './terminal-map.ts'
import { uMatrixText } from './u-matrix-text.ts'

const lattice = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})
const shown = (at: Lattice, values: readonly number[], width = 8): string[] =>
  terminalMap('map', at, values, { terminal: 'none', width, colours: 'viridis' }).split('\n')

// biome-ignore lint/suspicious/noControlCharactersInRegex: what sets a colour in a terminal begins with one
const SEQUENCES = /\u001b\[[0-9;]*m/g

it('without colours, greater values are darker characters', () => {
  expect(shown(lattice('rectangular', 1, 4), [0, 1, 2, 3])).toEqual(['map', '..==##@@', '0 .:-=+*#%@ 3', ''])
})

it('odd rows of hexagons are half a unit to the right', () => {
  expect(shown(lattice('hexagonal', 2, 3), [0, 0, 0, 9, 9, 9])).toEqual([
    'map',
    '......',
    ' @@@@@@',
    '0 .:-=+*#%@ 9',
    '',
  ])
})

it('in colours, one line has two rows of the map', () => {
  const text = terminalMap('map', lattice('rectangular', 2, 1), [0, 1], { width: 8, colours: 'viridis' })
  expect(text.split('\n')[1]).toContain('\u001b[48;2;68;1;84m    ')
  const narrow = terminalMap('map', lattice('rectangular', 2, 8), [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], {
    width: 8,
    colours: 'viridis',
  })
  expect(narrow.split('\n')[1]).toBe('\u001b[0m\u001b[38;2;68;1;84m\u001b[48;2;253;231;37m▀▀▀▀▀▀▀▀\u001b[0m')
})

it('256 colours are the nearest there are', () => {
  const text = terminalMap('map', lattice('rectangular', 1, 2), [0, 1], { terminal: '256', width: 8, colours: 'greys' })
  expect(text).toContain('\u001b[48;5;188m    \u001b[0m\u001b[48;5;233m    ')
})

it('no line is wider than asked for, whatever the map', () => {
  const size = fc.integer({ min: 1, max: 300 })
  fc.assert(
    fc.property(
      fc.constantFrom('rectangular' as const, 'hexagonal' as const),
      size,
      size,
      fc.integer({ min: 8, max: 200 }),
      fc.constantFrom(...TERMINAL_COLOURS),
      (cell, rows, columns, width, terminal) => {
        const values = Float64Array.from({ length: rows * columns }, (_, i) => i)
        const text = terminalMap('map', lattice(cell, rows, columns), values, { terminal, width, colours: 'viridis' })
        const lines = text.replace(SEQUENCES, '').split('\n').slice(1, -2)
        for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(width)
      },
    ),
    { numRuns: 30 },
  )
})

it('a feature’s name cannot steer the terminal', () => {
  const name = 'x\u001b[2J\u0007\r'
  const preprocessing = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 } as const
  const som = {
    lattice: lattice('rectangular', 1, 2),
    metric: 'euclidean' as const,
    features: [{ name, preprocessing }],
    codebook: matrix(2, 1, Float32Array.from([1, 2])),
  }
  expect(componentPlaneText(som, name, { terminal: 'none' }).split('\n')[0]).toBe('x\uFFFD[2J\uFFFD\uFFFD')
  expect(uMatrixText(som, { terminal: 'none' })).toContain('all 1\n')
})
