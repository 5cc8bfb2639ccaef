import type { CaseResult, Row, Target } from './case.ts'
import { type Contender, measure, type Present } from './contender.ts'
import type { Options } from './options.ts'
import { matchedError, type Quality, qualityOf } from './quality.ts'
import type { Workload } from './workload.ts'

/** What is compared with what, and the ratio that is wanted between them. */
export interface Comparison {
  readonly name: string
  readonly title: string
  readonly setting: string
  readonly work: Workload
  readonly ours: readonly Contender[]
  readonly peers: readonly Contender[]
  readonly targets: readonly Wanted[]
  /** What a reader should know of the figures. */
  readonly remarks?: readonly string[]
  /** How much of the work a contender does where all would take too long: its time is then scaled up. */
  readonly parts?: Readonly<Record<string, number>>
}

/** `ours` at least `times` as fast as the fastest of `over` (all peers where absent). */
export interface Wanted {
  readonly ours: string
  readonly over?: readonly string[]
  readonly times: number
}

/** Times every contender on the same work, ours first, then finds the quality of what each made. */
export async function compare(comparison: Comparison, options: Options): Promise<CaseResult> {
  const { name, title, setting, work } = comparison
  const asked = ({ name: peer }: Contender): boolean => options.peers === undefined || options.peers.includes(peer)
  const contenders = [...comparison.ours, ...comparison.peers.filter(asked)]
  const rows: Row[] = []
  for (const contender of contenders) {
    process.stderr.write(`bench: ${name}: ${contender.name}\n`)
    const measured = measure(contender, { ...work, part: comparison.parts?.[contender.name] ?? 0 }, options)
    rows.push('absent' in measured ? measured : { ...measured, quality: await qualityFound(measured, work) })
  }
  return {
    name,
    title,
    setting,
    rows,
    findings: comparison.remarks ?? [],
    targets: comparison.targets.flatMap((t) => targetOf(t, rows)),
  }
}

async function qualityFound({ codebook, units }: Present, work: Workload): Promise<Quality | undefined> {
  if (codebook) return qualityOf(codebook, work)
  return units ? matchedError(units, work) : undefined
}

function targetOf(wanted: Wanted, rows: readonly Row[]): Target[] {
  const present = rows.filter((row): row is Present => !('absent' in row))
  const ours = present.find((row) => row.name === wanted.ours)
  const rivals = present.filter((row) => (wanted.over ? wanted.over.includes(row.name) : row.kind !== 'ours'))
  const what = `${wanted.ours} beside ${wanted.over ? wanted.over.join(', ') : 'the fastest peer'}`
  if (!ours || rivals.length === 0)
    return [{ what, wanted: `${wanted.times} times`, found: 'not measured', reached: false }]
  const rival = rivals.reduce((a, b) => (a.seconds.median <= b.seconds.median ? a : b))
  const ratio = rival.seconds.median / ours.seconds.median
  return [
    {
      what: wanted.over?.length === 1 ? what : `${wanted.ours} beside the fastest, ${rival.name}`,
      wanted: `${wanted.times} times`,
      found: `${ratio.toFixed(ratio < 10 ? 2 : 1)} times`,
      reached: ratio >= wanted.times,
    },
  ]
}
