import type { CaseResult, PresentRow } from './case.ts'
import { short } from './table.ts'

/** A difference by less than this share is rounding and ties. */
const NOTICEABLE = 0.001
/** One in topographic error, which is a share of the samples. */
const NOTICEABLE_SHARE = 0.01
/** One in peak memory, by which programs differ from run to run. */
const NOTICEABLE_MEMORY = 0.1

/**
 * Where a peer of a case is ahead of the first of ours that did the same work: a sentence for each peer, by the best of
 * ours where that one is not behind.
 */
export function ahead({ name, rows }: CaseResult): string[] {
  return groupsOf(rows).flatMap(({ ours, peers }) =>
    peers.flatMap((peer) => {
      const found = measures.flatMap(({ label, of, words, least }) => {
        const [theirs, own] = [of(peer), of(ours[0])]
        if (theirs === undefined || own === undefined || !least(theirs, own)) return []
        const better = ours.slice(1).find((other) => !least(theirs, of(other) ?? Number.POSITIVE_INFINITY))
        const also = better ? ` (${better.name}: ${words(of(better) ?? 0)})` : ''
        return [`${label}${words(theirs)} beside ${words(own)}${also}`]
      })
      if (found.length === 0) return []
      const worse = peer.agreement?.verdict === 'worse' ? ', whose map is worse' : ''
      return [`${name}, ${peer.name}${worse}, beside ${ours[0].name}: ${found.join('; ')}`]
    }),
  )
}

interface Measure {
  readonly label: string
  readonly of: (row: PresentRow) => number | undefined
  readonly words: (value: number) => string
  /** Whether a peer's value is noticeably the lower. */
  readonly least: (theirs: number, own: number) => boolean
}

const measures: readonly Measure[] = [
  { label: '', of: (row) => row.seconds.median, words: (value) => `${short(value)} s`, least: (a, b) => a < b },
  {
    label: 'quantization error ',
    of: (row) => row.quality?.quantizationError,
    words: (value) => value.toFixed(4),
    least: (a, b) => a < b * (1 - NOTICEABLE),
  },
  {
    label: 'topographic error ',
    of: (row) => row.quality?.topographicError,
    words: (value) => value.toFixed(3),
    least: (a, b) => a < b - NOTICEABLE_SHARE,
  },
  {
    label: 'peak memory ',
    // A part of the rows takes a part of the memory.
    of: (row) => (row.share < 1 ? undefined : row.peakBytes),
    words: (value) => `${Math.round(value / 2 ** 20)} MB`,
    least: (a, b) => a < b * (1 - NOTICEABLE_MEMORY),
  },
]

/** Rows of the same work: a case that compares several works begins each with ours, the reference of its results. */
function groupsOf(rows: CaseResult['rows']): { ours: PresentRow[]; peers: PresentRow[] }[] {
  const groups: { ours: PresentRow[]; peers: PresentRow[] }[] = []
  for (const row of rows) {
    if ('absent' in row) continue
    if (groups.length === 0 || row.agreement?.verdict === 'reference') groups.push({ ours: [], peers: [] })
    groups[groups.length - 1][row.kind === 'ours' ? 'ours' : 'peers'].push(row)
  }
  return groups.filter(({ ours }) => ours.length > 0)
}
