import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { jsStart, nativeStart } from '../contenders/ours.ts'
import { smallData, smallWorkload } from './small.ts'

const MOST_SECONDS = 0.05

/** How long a program waits before its first epoch is done. */
export const start: Case = {
  name: 'start',
  title: 'Start to first epoch',
  async run(options) {
    const work = { ...smallWorkload(options), wholeProcess: true, repeats: Math.max(5, options.repeats) }
    const result = await compare(
      {
        name: 'start',
        title: start.title,
        setting: `${work.mapRows} x ${work.mapColumns} units, ${smallData(work)}: importing the package, opening a session, one batch epoch`,
        work,
        ours: [nativeStart, jsStart],
        peers: [],
        targets: [],
      },
      options,
    )
    const targets = result.rows.flatMap((row) =>
      'absent' in row
        ? []
        : [
            {
              what: `${row.name}, from import to the end of the first epoch`,
              wanted: 'under 50 ms',
              found: `${(row.seconds.median * 1000).toFixed(0)} ms`,
              reached: row.seconds.median < MOST_SECONDS,
            },
          ],
    )
    return { ...result, targets }
  },
}
