import { agreementText } from './agreement.ts'
import type { CaseResult, Curve, Row } from './case.ts'

const HEADINGS = [
  'contender',
  'seconds',
  'spread',
  'times ours',
  'agrees',
  'share of the limit',
  'quantization error',
  'topographic error',
  'peak memory',
  'note',
]

/**
 * A case's rows as cells, the first line the headings. Times are beside those of the first of our own that is present;
 * where several works are compared, of the same work.
 */
export function cellsOf(result: CaseResult): string[][] {
  const ours = result.rows.find((row) => row.kind === 'ours' && !('absent' in row))
  let base = ours && !('absent' in ours) ? ours.seconds.median : Number.NaN
  return [
    HEADINGS,
    ...result.rows.map((row) => {
      if (!('absent' in row) && row.agreement?.verdict === 'reference') base = row.seconds.median
      return line(row, base)
    }),
  ]
}

function line(row: Row, base: number): string[] {
  if ('absent' in row) return [row.name, 'absent', '', '', '', '', '', '', '', row.absent]
  const { seconds, quality, share, agreement, limitShare } = row
  const versions = Object.entries(row.versions)
  const version = versions.find(([name]) => name.toLowerCase() === row.name.toLowerCase()) ?? versions[0]
  const notes = [
    row.note,
    share < 1 && `scaled up from ${(share * 100).toPrecision(2)} % of the work`,
    row.reused && 'kept from an earlier run',
  ]
  return [
    row.kind === 'ours' ? `Som, ${row.name}` : `${row.name} (${version ? version.join(' ') : ''})`,
    `${share < 1 ? '~' : ''}${short(seconds.median)}`,
    seconds.count > 1 ? `${short(seconds.least)}-${short(seconds.most)}` : 'once',
    threeDigits(seconds.median / base),
    agreement ? agreementText(agreement) : '-',
    limitShare === undefined ? '-' : `${Number((limitShare * 100).toPrecision(2))} %`,
    quality?.quantizationError.toFixed(4) ?? '-',
    quality?.topographicError?.toFixed(3) ?? '-',
    `${Math.round(row.peakBytes / 2 ** 20)} MB`,
    notes.filter(Boolean).join('; '),
  ]
}

/** Seconds with three digits. */
export const short = (seconds: number): string => threeDigits(seconds)

/** Large numbers end in zeros rather than in powers of ten. */
function threeDigits(value: number): string {
  return value >= 100 ? String(Number(value.toPrecision(3))) : value.toPrecision(3)
}

/** Cells as a Markdown table. */
export function markdownTable(cells: readonly (readonly string[])[]): string {
  const widths = cells[0].map((_, c) => Math.max(3, ...cells.map((row) => row[c].length)))
  const lines = cells.map((row) => `| ${row.map((cell, c) => cell.padEnd(widths[c])).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** Curves as cells: what an epoch takes at each size. */
function curveCells(curves: readonly Curve[]): string[][] {
  const line = ({ contender, axis, points }: Curve): string[] => [
    contender,
    axis,
    points.map(({ x, seconds }) => `${x}: ${short(seconds.median * 1000)}`).join(', '),
  ]
  return [['contender', 'by', 'size: milliseconds of an epoch'], ...curves.map(line)]
}

/** A case's result as Markdown, under a heading. */
export function markdownOf(result: CaseResult): string {
  const targets = result.targets.map(
    ({ what, wanted, found, reached }) =>
      `- ${what}: wanted ${wanted}, found ${found}${reached ? '' : ' - **not reached**'}`,
  )
  const parts = [`## ${result.name}: ${result.title}`, `${result.setting}.`]
  if (result.curves) parts.push(markdownTable(curveCells(result.curves)))
  else if (result.rows.length > 0) parts.push(markdownTable(cellsOf(result)))
  const facts = [...result.findings.map((finding) => `- ${finding}`), ...targets]
  if (facts.length > 0) parts.push(facts.join('\n'))
  return parts.join('\n\n')
}
