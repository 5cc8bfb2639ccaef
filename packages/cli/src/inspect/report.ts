import type { FeaturePreprocessing, RecordedSchedule, Seen, Som } from '@som/core'
import { columnsOf } from '../columns-of.ts'
import { embeddingFigures, embeddingText } from '../embed/embedding-text.ts'
import { counted, figure, rowsOfText } from '../text.ts'
import { epochsOf, layerRows, predictsOf, ruleOf, targetFigures } from '../train/report.ts'

/** The contents of a map, as text. */
export function inspectionText(som: Som, file: string): string {
  const { lattice, training, seen } = som
  const done = training.history.length
  const state =
    training.unfinished === undefined ? STATES[training.ended] : `unfinished; continue with som train --resume ${file}`
  const isElsewhere = training.unfinished === undefined && training.phases.length === 0
  const rows: [string, string][] = [
    ['map', `${lattice.rows} x ${lattice.columns} units, ${lattice.cell} ${lattice.shape}`],
    ['training', ruleOf(som)],
    ...layerRows(som),
    ...training.phases.map(({ epochs, radius, learningRate }): [string, string] => [
      'phase',
      `${counted(epochs, 'epoch')}, radius ${shown(radius)}${training.rule === 'batch' ? '' : `, learning rate ${shown(learningRate)}`}`,
    ]),
    ['epochs', isElsewhere ? 'trained by another program' : `${done} of ${epochsOf(som)}: ${state}`],
    ['rows', `${training.rows}${training.emptyRows > 0 ? `, ${training.emptyRows} without any value` : ''}`],
    ['seed', `${training.seed}, initial codebook ${training.initial}`],
    ['backend', `${training.backend}, som ${training.version}`],
    ...(seen === null ? [] : seenRows(seen)),
    ...(som.targets?.of ?? []).map((target): [string, string] => ['predicts', predictsOf(target)]),
    ...(som.embedding === undefined ? [] : [['embedding', embeddingText(som.embedding)] as [string, string]]),
    ...training.leftOut.map(({ name, reason }): [string, string] => ['left out', `${name}: ${reason}`]),
  ]
  return `${rowsOfText(rows)}\n${historyTable(som)}\n${featureTable(som)}`
}

/** The same as one JSON object, without the codebook, the models of targets and the arrays of an embedding. */
export function inspectionJson({ codebook, seen, targets, embedding, ...som }: Som, file: string): string {
  const { hits, distances, ...figures } = seen ?? {}
  return `${JSON.stringify({
    file,
    units: codebook.rows,
    ...som,
    ...(targets && { targets: targets.of.map(targetFigures) }),
    ...(embedding && { embedding: embeddingFigures(embedding) }),
    seen: seen && { ...figures, hits: Array.from(hits ?? []), distances: quantiles(seen.distances) },
  })}\n`
}

const STATES = {
  epochs: 'all done',
  still: 'stopped early: the map no longer moved',
  cancelled: 'cancelled',
} as const satisfies Record<Som['training']['ended'], string>

function seenRows(seen: Seen): [string, string][] {
  const { hits } = seen
  const empty = hits.reduce((count, hit) => count + (hit === 0 ? 1 : 0), 0)
  const [least, most] = minMax(hits)
  const d = quantiles(seen.distances)
  return [
    ['quantization error', `${figure(seen.quantizationError)} (in preprocessed units)`],
    ['topographic error', `${figure(seen.topographicError)} (${seen.neighbours} neighbours)`],
    ['hits', `${figure(least)} to ${figure(most)} a unit, ${empty} of ${hits.length} units without`],
    ...(d === null
      ? []
      : [
          ['distances', `median ${figure(d.median)}, 95 % below ${figure(d.p95)}, largest ${figure(d.largest)}`] as [
            string,
            string,
          ],
        ]),
  ]
}

function minMax(values: Float64Array): [number, number] {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}

/** Quantiles of ascending distances; null if there are no distances. */
function quantiles(distances: Float32Array): { median: number; p95: number; largest: number } | null {
  const last = distances.length - 1
  if (last < 0) return null
  const at = (share: number): number => distances[Math.round(share * last)]
  return { median: at(0.5), p95: at(0.95), largest: at(1) }
}

function historyTable({ training: { history } }: Som): string {
  if (history.length === 0) return ''
  const shownEpochs = history.length <= 8 ? history : [...history.slice(0, 4), ...history.slice(-4)]
  const lines = shownEpochs.map((e) => [
    String(e.epoch),
    figure(e.radius),
    figure(e.learningRate),
    figure(e.quantizationError),
  ])
  const table = columnsOf([['epoch', 'radius', 'learning rate', 'quantization error'], ...lines])
  return history.length <= 8 ? table : table.replace(/^((?:.*\n){5})/, '$1  …\n')
}

function featureTable({ features }: Som): string {
  const most = 40
  const lines = features.slice(0, most).map(({ name, preprocessing: p }) => [name, p.method, ...fitted(p)])
  const more = features.length > most ? `  … and ${features.length - most} more\n` : ''
  return columnsOf([['feature', 'preprocessing', 'centre', 'scale', 'factor'], ...lines]) + more
}

function fitted(p: FeaturePreprocessing): string[] {
  return [figure(p.centre), figure(p.scale), figure(p.factor)]
}

function shown({ start, end, decay }: RecordedSchedule): string {
  return `${figure(start)} to ${figure(end)} (${decay})`
}
