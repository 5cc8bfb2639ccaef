import type { Case } from './case.ts'
import { brute } from './cases/brute.ts'
import { cost } from './cases/cost.ts'
import { doubling } from './cases/doubling.ts'
import { help } from './cases/help.ts'
import { hostile } from './cases/hostile.ts'
import { limits } from './cases/limits.ts'
import { matchFile } from './cases/match-file.ts'
import { memory } from './cases/memory.ts'
import { minisomEpochs } from './cases/minisom-epochs.ts'
import { npmLarge } from './cases/npm-large.ts'
import { npmSmall } from './cases/npm-small.ts'
import { parquet } from './cases/parquet.ts'
import { predict } from './cases/predict.ts'
import { serve } from './cases/serve.ts'
import { start } from './cases/start.ts'
import { studio } from './cases/studio.ts'
import { threads } from './cases/threads.ts'
import { w1 } from './cases/w1.ts'
import { w2 } from './cases/w2.ts'
import { w3 } from './cases/w3.ts'
import { w4 } from './cases/w4.ts'
import { w5 } from './cases/w5.ts'
import { w6 } from './cases/w6.ts'
import { w7 } from './cases/w7.ts'
import { whole } from './cases/whole.ts'

/** Every case, in the order in which it is run. */
export const cases: readonly Case[] = [
  limits,
  brute,
  start,
  help,
  threads,
  npmSmall,
  npmLarge,
  minisomEpochs,
  w1,
  w2,
  w3,
  w4,
  w5,
  w6,
  w7,
  parquet,
  matchFile,
  whole,
  memory,
  serve,
  hostile,
  studio,
  predict,
  doubling,
  cost,
]
