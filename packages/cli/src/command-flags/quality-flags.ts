import type { ReadingFlags } from '../reading.ts'

/** The flags of `som quality`, as the user wrote them. */
export interface QualityFlags extends ReadingFlags {
  readonly output?: string
  readonly label?: string
  readonly weight?: string
  readonly neighbours?: string
  readonly nearest?: string
  readonly space?: string
  readonly radius?: string
  readonly sample?: string
  readonly seed?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
