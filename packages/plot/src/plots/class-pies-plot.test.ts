import type { Lattice } from '@som/core'
import { describe, expect, it } from 'vitest'
import { classPiesPlot } from './class-pies-plot.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

describe('many classes', () => {
  const lattice = sheet('hexagonal', 10, 30)
  const labelled = (count: number) => {
    const labels = Array.from({ length: count }, (_, i) => `kind ${String(i).padStart(3, '0')}`)
    return { units: labels.map((_, i) => i % 300), labels }
  }

  it.each([10, 30, 100, 256])('%i have a colour each, and all of them are in the legend', (count) => {
    const rows = labelled(count)
    const svg = classPiesPlot({ lattice }, rows)
    for (const label of rows.labels) expect(svg).toContain(`>${label}</text>`)
    expect(svg).not.toMatch(/\bmore\b/)
    const swatches = Array.from(svg.matchAll(/width="12" height="12" fill="(#\w+)"/g), ([, colour]) => colour)
    expect(new Set(swatches).size).toBe(count)
  })

  it('those beyond any colours share a grey, whose tooltip names them', () => {
    const svg = classPiesPlot({ lattice }, labelled(300))
    expect(svg).toContain('<title>kind 256, kind 257, ')
    expect(svg).toMatch(/>the other 44 class[^<]*…[^<]*rows</)
  })
})
