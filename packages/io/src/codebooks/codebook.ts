import { componentPlane, type Lattice, matrix, type Som, VERSION } from '@som/core'

/** Prototypes as other programs exchange them: one number per unit and feature, in any scale, and the lattice. */
export interface Codebook {
  readonly lattice: Lattice
  readonly features: readonly string[]
  /** units × features, row after row of the lattice. */
  readonly values: Float64Array
  /** The neighbourhood used in training, if the file says so. */
  readonly kernel: 'gaussian' | 'bubble'
}

/** A map's prototypes, in the user's units or preprocessed. */
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

/** A map around prototypes trained elsewhere, without preprocessing and with euclidean distance. */
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
