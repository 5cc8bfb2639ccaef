import { agreementOf } from './agreement.ts'
import type { CaseResult, PresentRow, Row, Target } from './case.ts'
import { type Contender, measure, type Present } from './contender.ts'
import { leastSeconds, limitsOf } from './limits.ts'
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
  /**
   * The peers train by rules of their own, so that their maps are not ours: times are compared all the same, with the
   * quality of each beside.
   */
  readonly ownRules?: boolean
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
  const limits = options.limits ? limitsOf(work.threads) : { absent: 'not asked for' }
  const least = 'absent' in limits ? undefined : leastSeconds(work, limits)
  const rows: Row[] = []
  for (const contender of contenders) {
    process.stderr.write(`bench: ${name}: ${contender.name}\n`)
    const measured = measure(contender, { ...work, part: comparison.parts?.[contender.name] ?? 0 }, options)
    if ('absent' in measured) rows.push(measured)
    else {
      const quality = await qualityFound(measured, work)
      const limitShare = least === undefined || work.wholeProcess ? undefined : least / measured.seconds.median
      rows.push({ ...measured, ...(quality && { quality }), ...(limitShare !== undefined && { limitShare }) })
    }
  }
  const checked = withAgreements(rows, work)
  return {
    name,
    title,
    setting,
    rows: checked,
    findings: [...(comparison.remarks ?? []), ...(comparison.ownRules ? [OWN_RULES] : [])],
    targets: comparison.targets.flatMap((t) => targetOf(t, checked, comparison.ownRules ?? false)),
  }
}

const OWN_RULES =
  'These peers train by rules and schedules of their own: their maps need not agree, so look at their quality beside their times.'

/** Each result beside the first of ours, before any time is. */
function withAgreements(rows: readonly Row[], { kind }: Workload): Row[] {
  const results = rows.map((row) => ('absent' in row ? {} : { value: row.checksum ?? row.quality?.quantizationError }))
  const reference = results[rows.findIndex((row) => row.kind === 'ours' && !('absent' in row))]
  if (reference === undefined) return [...rows]
  return rows.map((row, i) => ('absent' in row ? row : { ...row, agreement: agreementOf(kind, results[i], reference) }))
}

async function qualityFound({ codebook, units }: Present, work: Workload): Promise<Quality | undefined> {
  if (codebook) return qualityOf(codebook, work)
  return units ? matchedError(units, work) : undefined
}

function targetOf(wanted: Wanted, rows: readonly Row[], ownRules: boolean): Target[] {
  const present = rows.filter((row): row is PresentRow => !('absent' in row))
  const ours = present.find((row) => row.name === wanted.ours)
  const rivals = present.filter((row) => (wanted.over ? wanted.over.includes(row.name) : row.kind !== 'ours'))
  const what = `${wanted.ours} beside ${wanted.over ? wanted.over.join(', ') : 'the fastest peer'}`
  const fair = rivals.filter(({ agreement }) => ownRules || agreement?.verdict !== 'worse')
  if (!ours || fair.length === 0) {
    const found = rivals.length > 0 ? 'not compared: the results differ' : 'not measured'
    return [{ what, wanted: times(wanted.times), found, reached: false }]
  }
  const rival = fair.reduce((a, b) => (a.seconds.median <= b.seconds.median ? a : b))
  const ratio = rival.seconds.median / ours.seconds.median
  return [
    {
      what: wanted.over?.length === 1 ? what : `${wanted.ours} beside the fastest, ${rival.name}`,
      wanted: times(wanted.times),
      found: `${ratio.toFixed(ratio < 10 ? 2 : 1)} times`,
      reached: ratio >= wanted.times,
    },
  ]
}

const times = (ratio: number): string => `${Number(ratio.toPrecision(3))} times`
