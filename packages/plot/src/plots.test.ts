import { readFileSync } from 'node:fs'
import { type Lattice, type Som, samplesOf, train } from '@som/core'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { componentPlanePlot, componentPlanesPlot, hitsPlot, trainingCurvePlot, uMatrixPlot } from './index.ts'

const PENGUINS = new URL('../../../examples/penguins/penguins.csv', import.meta.url)

/** The penguins' four measurements on a small map. */
async function penguins(lattice: Partial<Lattice>): Promise<Som> {
  const [head, ...lines] = readFileSync(PENGUINS, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const chosen = [2, 3, 4, 5]
  const rows = lines.map((line) => chosen.map((c) => Number.parseFloat(line[c])))
  return trained({
    samples: samplesOf(
      rows,
      chosen.map((c) => head[c]),
    ),
    lattice,
  })
}

async function trained(options: Parameters<typeof train>[0]): Promise<Som> {
  const som = await train(options)
  if (som.isErr) throw new Error(JSON.stringify(som.error))
  return som.value
}

/** The names of the elements of a well-formed XML file; throws where it is not one. */
function elementsOf(svg: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => names.push(tag.name))
  parser.write(svg).close()
  return names
}

const lattices: Lattice[] = [
  { cell: 'rectangular', shape: 'sheet', rows: 4, columns: 6 },
  { cell: 'hexagonal', shape: 'sheet', rows: 5, columns: 5 },
  { cell: 'hexagonal', shape: 'toroid', rows: 6, columns: 5 },
  { cell: 'rectangular', shape: 'cylinder', rows: 6, columns: 4 },
]

const plots: Record<string, (som: Som) => string> = {
  'u-matrix': (som) => uMatrixPlot(som),
  'component-plane': (som) => componentPlanePlot(som, som.features[0].name),
  'component-planes': (som) => componentPlanesPlot(som),
  hits: (som) => hitsPlot(som),
  'training-curve': (som) => trainingCurvePlot(som),
}

describe.each(lattices)('on a $cell $shape', async (lattice) => {
  const som = await penguins(lattice)

  it.each(Object.keys(plots))('%s looks as it did', async (name) => {
    await expect(plots[name](som)).toMatchFileSnapshot(`__snapshots__/${name}-${lattice.cell}-${lattice.shape}.svg`)
  })

  it.each(Object.keys(plots))('%s is well-formed and has the same bytes each time', (name) => {
    expect(elementsOf(plots[name](som))[0]).toBe('svg')
    expect(plots[name](som)).toBe(plots[name](som))
  })
})

describe('bad input', () => {
  const name = '<b title="x">R&D, \u0000\ud800\' ]]></b>'

  it.each(Object.keys(plots))('%s of a map of one unit and one feature with markup for a name', async (plot) => {
    const samples = samplesOf([[1], [2]], [name])
    const som = await trained({ samples, lattice: { rows: 1, columns: 1 }, epochs: 1 })
    const svg = plots[plot](som)
    expect(elementsOf(svg)).not.toContain('b')
  })

  it.each(Object.keys(plots))('%s of a codebook of equal, missing or infinite values', async (plot) => {
    const samples = samplesOf([[1], [2]], ['x'])
    const som = await trained({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })
    for (const values of [[1, 1, 1, 1], [Number.NaN, 1, Number.POSITIVE_INFINITY, 2], [1, 2, 3, 4].fill(Number.NaN)]) {
      const svg = plots[plot]({ ...som, codebook: { ...som.codebook, data: Float32Array.from(values) } })
      expect(elementsOf(svg)[0]).toBe('svg')
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    }
  })
})
