import { componentPlane, type Som } from '@som/core'
import { checkMap } from '../check.ts'
import { type TerminalOptions, terminalMap } from './terminal-map.ts'

/** A component plane for a terminal, in lines, in the feature's own units. Throws where the map has no such feature. */
export function componentPlaneText(
  som: Pick<Som, 'lattice' | 'features' | 'codebook'>,
  feature: string,
  options: TerminalOptions = {},
): string {
  checkMap(som, 'lattice', 'features', 'codebook')
  const colours = options.colours ?? 'viridis'
  return terminalMap(feature, som.lattice, componentPlane(som, feature), { ...options, colours })
}
