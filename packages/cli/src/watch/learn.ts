import type { Issue, Som } from '@som/core'
import { checkWritable, openTable, readModel, selectColumns, writeModel } from '@som/io'
import { calibrate, DEFAULT_ALPHA, learnNormal, readingFeatures } from '@som/recipes'
import { backendOf, note, orRefuse } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { calledAs } from '../called-as.ts'
import { defined } from '../defined.ts'
import { categoryHint } from '../few-levels.ts'
import { flagged } from '../flagged.ts'
import { readForMap } from '../read-for-map.ts'
import { readRows } from '../read-rows.ts'
import { counted, listed, rowsOfText, shellWord } from '../text.ts'
import { whileSaying } from '../train/progress.ts'
import type { Calibrating, Learning } from './settings.ts'

/** Learns what is normal from a table and writes the map. */
export async function learnAndWrite(settings: Learning): Promise<number> {
  orRefuse(await checkWritable(settings.output))
  const table = orRefuse(await openTable(settings.table, settings.reading))
  try {
    const selection = orRefuse(selectColumns(table, settings.choice).mapErr((problem) => flagged(problem, table.name)))
    const samples = orRefuse(await readRows(table, selection))
    const backend = await backendOf(settings.backend, settings.threads)
    const learnt = await whileSaying(`learning from ${counted(samples.rows, 'row')}`, () =>
      learnNormal(samples, defined(settings.options), { backend }),
    )
    const som = orRefuse(learnt.mapErr((issues) => issues.map((issue) => named(issue, table.name))))
    orRefuse(await writeModel(settings.output, som))
    const notes = [...table.notes, ...(await categoryHint(table, selection))]
    for (const text of settings.json ? [] : notes) note(text)
    tell(settings, som, samples.rows, selection.leftOut)
  } finally {
    table.close()
  }
  return EXIT.done
}

/** Adds to a map from `som train` the distances of rows that it was not trained on. */
export async function calibrateAndWrite(settings: Calibrating): Promise<number> {
  orRefuse(await checkWritable(settings.output))
  const som = orRefuse(await readModel(settings.map))
  const samples = await readForMap(
    settings.table,
    {
      ...som,
      // A column used only for lags is not a feature of the map itself.
      features: readingFeatures(som).map((feature) => ({ ...feature, preprocessing: som.features[0].preprocessing })),
    },
    {},
    settings.reading,
  )
  const backend = await backendOf(settings.backend, settings.threads)
  const found = await whileSaying(`measuring ${counted(samples.rows, 'row')}`, () =>
    calibrate(som, samples, { backend, ...(settings.time !== undefined && { time: settings.time }) }),
  )
  const calibrated = orRefuse(found.mapErr((issues) => issues.map((issue) => named(issue, settings.table))))
  orRefuse(await writeModel(settings.output, calibrated))
  tell(settings, calibrated, samples.rows, [])
  return EXIT.done
}

function tell(
  { output, json }: Learning | Calibrating,
  som: Som,
  rows: number,
  leftOut: readonly { readonly name: string; readonly reason: string }[],
): void {
  const { features, lattice, training } = som
  const heldOut = som.calibration?.distances.length ?? 0
  const constants = (som.calibration?.constants ?? []).map(({ column }) => som.calibration?.columns[column])
  const left = [...leftOut, ...training.leftOut].map(({ name, reason }) =>
    constants.includes(name) ? { name, reason: `${reason}; compared, and reported when it changes` } : { name, reason },
  )
  if (json) {
    const names = features.map(({ name }) => name)
    process.stdout.write(`${JSON.stringify({ output, rows, heldOut, features: names, leftOut: left, lattice })}\n`)
    return
  }
  const lines: [string, string][] = [
    ['rows', `${rows}, of which ${heldOut} calibrate`],
    ['features', `${features.length}: ${listed(features.map(({ name }) => name))}`],
    ...left.map(({ name, reason }): [string, string] => ['left out', `${name}: ${reason}`]),
    ['map', `${lattice.rows} x ${lattice.columns} units`],
    ['least alpha', (1 / (heldOut + 1)).toPrecision(2)],
    ['map file', output],
  ]
  const alpha = alphaFor(heldOut)
  process.stdout.write(
    `${rowsOfText(lines)}\nNext:\n  ${calledAs()} watch ${shellWord(output)} new.ndjson${alpha} -o verdicts.ndjson\n`,
  )
}

/** The flag for an alpha that so few held-out rows can show, where the usual one is smaller than that. */
function alphaFor(heldOut: number): string {
  const least = 1 / (heldOut + 1)
  return least <= DEFAULT_ALPHA ? '' : ` --alpha ${Math.min(0.5, Math.ceil(100 * least) / 100)}`
}

/** Issues from the library, under the flags and files that caused them. */
function named({ path, message }: Issue, table: string): Issue {
  if (path === 'samples' || path === '') return { path: table, message }
  if (path.startsWith('derive')) return { path: '--lag, --difference, --window', message }
  const flag = { heldOut: '--held-out', seed: '--seed', epochs: '--epochs', lattice: '--size' }[path.split('.')[0]]
  return { path: flag ?? path, message }
}
