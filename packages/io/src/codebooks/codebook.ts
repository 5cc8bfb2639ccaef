import { componentPlane, type Lattice, matrix, type Som, VERSION } from '@som/core'

/** Prototypes as other programs exchange them: a number a unit and feature, in whatever units, and how the units lie. */
export interface Codebook {
  readonly lattice: Lattice
  readonly features: readonly string[]
  /** units × features, row after row of the lattice. */
  readonly values: Float64Array
  /** The neighbourhood it was trained with, where the file says so. */
  readonly kernel: 'gaussian' | 'bubble'
}

/** A map's prototypes in the user's units, or as they are compared with preprocessed rows. */
export function codebookOf(som: Som, units: 'user' | 'preprocessed'): Codebook {
  const { lattice, codebook } = som
  const features = som.features.map(({ name }) => name)
  const values = new Float64Array(codebook.data.length)
  if (units === 'preprocessed') values.set(codebook.data)
  else {
    features.forEach((name, f) => {
      componentPlane(som, name).forEach((x, unit) => {
        values[unit * features.length + f] = x
      })
    })
  }
  return { lattice, features, values, kernel: som.kernel === 'bubble' ? 'bubble' : 'gaussian' }
}

/** A map around prototypes that were trained elsewhere, on rows that are taken as they are, by euclidean distance. */
export function somOf({ lattice, features, values, kernel }: Codebook, program: string): Som {
  const preprocessing = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 } as const
  return {
    features: features.map((name) => ({ name, preprocessing })),
    lattice,
    metric: 'euclidean',
    kernel,
    codebook: matrix(lattice.rows * lattice.columns, features.length, Float32Array.from(values)),
    training: {
      rule: 'batch',
      phases: [],
      order: 'sequential',
      decayPer: 'epoch',
      seed: 0,
      initial: `imported from ${program}`,
      backend: program,
      version: VERSION,
      rows: 0,
      emptyRows: 0,
      digest: '',
      leftOut: [],
      history: [],
      ended: 'epochs',
    },
    seen: null,
  }
}

/** `feature 1`, `feature 2`, … */
export const numbered = (count: number): string[] => Array.from({ length: count }, (_, f) => `feature ${f + 1}`)
