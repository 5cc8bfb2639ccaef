import type { ReadingFlags } from '../reading.ts'

/** The flags of `som train` as they were written. */
export interface TrainFlags extends ReadingFlags {
  readonly output?: string
  readonly columns?: string[]
  readonly exclude?: string[]
  readonly categories?: string[]
  readonly times?: string[]
  readonly sql?: string
  readonly memory?: string
  readonly label?: string
  readonly id?: string
  readonly weight?: string
  readonly size?: string
  readonly units?: string
  readonly lattice?: string
  readonly shape?: string
  readonly kernel?: string
  readonly metric?: string
  readonly rule?: string
  readonly epochs?: string
  readonly radius?: string
  readonly radiusDecay?: string
  readonly rate?: string
  readonly rateDecay?: string
  readonly phases?: string
  readonly batchSize?: string
  readonly order?: string
  readonly decayPer?: string
  readonly initial?: string
  readonly preprocessing?: string[]
  readonly cofactor?: string
  readonly featureWeight?: string[]
  readonly seed?: string
  readonly stop?: string
  readonly from?: string
  readonly resume?: string
  readonly checkpointEvery?: string
  readonly backend?: string
  readonly threads?: string
  readonly track?: string
  readonly register?: string
  readonly json?: true
}
