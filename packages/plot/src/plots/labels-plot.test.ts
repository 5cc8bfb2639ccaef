import type { Lattice } from '@som/core'
import { expect, it } from 'vitest'
import { labelsPlot } from './labels-plot.ts'

const lattice: Lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 2 }

it('more than there are colours for are written instead', () => {
  const labels = Array.from({ length: 65 }, (_, i) => `class ${i}`)
  const svg = labelsPlot({ lattice }, { units: labels.map((_, i) => i % 2), labels })
  expect(svg).toContain('class 0<')
  expect(svg).toContain('>+31<')
})
