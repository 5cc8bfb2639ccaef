import { OPTIONS, type Som } from '@som/core'
import type { ColumnData } from '../table/table-data.ts'
import type { Chosen } from './options.ts'

/** The command that trains the same map: `som train` with the columns and options of the run. */
export function commandOf(
  table: string,
  chosen: Chosen,
  columns: readonly Pick<ColumnData, 'name' | 'kind'>[],
  som: Pick<Som, 'lattice' | 'training'> | null,
): string {
  const kindOf = new Map(columns.map(({ name, kind }) => [name, kind]))
  const are = (wanted: (kind: ColumnData['kind'] | undefined) => boolean): string[] =>
    chosen.columns.filter((name) => wanted(kindOf.get(name)))
  const texts = are((kind) => kind === 'text')
  const times = are((kind) => kind === 'time')
  const plain = are((kind) => kind !== 'text' && kind !== 'time')
  const rows = som?.lattice.rows ?? chosen.rows
  const across = som?.lattice.columns ?? chosen.across
  const radius = som?.training.phases[0]?.radius
  const [start, end] = [chosen.radiusStart ?? radius?.start, chosen.radiusEnd ?? radius?.end]
  const isRadiusGiven = chosen.radiusStart !== undefined || chosen.radiusEnd !== undefined
  const flags: (readonly [string, string] | null)[] = [
    plain.length > 0 ? ['--columns', namesOf(plain)] : null,
    texts.length > 0 ? ['--categories', namesOf(texts)] : null,
    times.length > 0 ? ['--times', times.map((name) => `${name}=number`).join(',')] : null,
    chosen.label === null ? null : ['--label', chosen.label],
    rows !== undefined && across !== undefined ? ['--size', `${rows}x${across}`] : null,
    ['--lattice', chosen.cell],
    chosen.shape === 'sheet' ? null : ['--shape', chosen.shape],
    chosen.kernel === OPTIONS.kernel.default ? null : ['--kernel', chosen.kernel],
    chosen.rule === 'batch' ? null : ['--rule', chosen.rule],
    ['--epochs', String(chosen.epochs)],
    chosen.radiusDecay === undefined || chosen.radiusDecay === OPTIONS.radius.of.decay.default
      ? null
      : ['--radius-decay', chosen.radiusDecay],
    ...rateFlags(chosen),
    isRadiusGiven && start !== undefined && end !== undefined ? ['--radius', `${start}:${end}`] : null,
    chosen.preprocessing === OPTIONS.preprocessing.each.default ? null : ['--preprocessing', chosen.preprocessing],
    ...Object.entries(chosen.weights)
      .filter(([name, weight]) => weight !== 1 && chosen.columns.includes(name))
      .map(([name, weight]) => ['--feature-weight', `${name}=${weight}`] as const),
    ['--seed', String(chosen.seed)],
  ]
  const words = ['som', 'train', table, '-o', `${table.replace(/\.[^./\\]+$/, '')}.som`]
  return [...words, ...flags.flatMap((flag) => flag ?? [])].map(quoted).join(' ')
}

function rateFlags({ rule, rateStart, rateEnd, rateDecay }: Chosen): (readonly [string, string])[] {
  if (rule === 'batch') return []
  const { start, end, decay } = OPTIONS.learningRate.of
  const isGiven = rateStart !== undefined || rateEnd !== undefined
  const rates = `${rateStart ?? start.default}:${rateEnd ?? end.default}`
  return [
    ...(isGiven ? [['--learning-rate', rates] as const] : []),
    ...(rateDecay === undefined || rateDecay === decay.default ? [] : [['--learning-rate-decay', rateDecay] as const]),
  ]
}

/** Names of columns as one word of a list: those with commas or quotes in quotes, as in CSV. */
const namesOf = (names: readonly string[]): string =>
  names.map((name) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(',')

/** A word as a shell takes it. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
