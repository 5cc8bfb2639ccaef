import type { RunningFlags } from '../running.ts'

/** The flags of `som palette`, as the user wrote them. */
export interface PaletteFlags extends RunningFlags {
  readonly output?: string
  readonly colours?: string
  readonly grid?: string
  readonly dither?: string
  readonly palette?: string[]
  readonly seed?: string
  readonly json?: true
}
