import { type Som, uMatrix } from '@som/core'
import { checkMap } from '../check.ts'
import { type TerminalOptions, terminalMap } from './terminal-map.ts'

/** The U-matrix for a terminal, in lines. */
export function uMatrixText(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, options: TerminalOptions = {}): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  const colours = options.colours ?? 'cividis'
  return terminalMap('U-matrix', som.lattice, uMatrix(som), { ...options, colours })
}
