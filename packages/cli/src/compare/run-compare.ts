import { compareMaps, type Drift, drift, type Issue, type Som } from '@som/core'
import { checkWritable, isModel, readModel, writeAside, writeCsvAs } from '@som/io'
import { unitValuesPlot } from '@som/plot'
import { backendOf, complain, issuesIn, operands, orRefuse, runnerOf, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { CompareFlags } from '../command-flags/compare-flags.ts'
import { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { readForMap } from '../read-for-map.ts'
import { readingOf } from '../reading.ts'
import { runningOf } from '../running.ts'
import { comparisonCsv, comparisonJson, comparisonText, driftJson, driftText } from './report.ts'

/** Runs `som compare`; gives the exit code. */
export async function runCompare(command: Parameters<typeof operands>[0], flags: CompareFlags): Promise<number> {
  const files = operands(command, ['map', 'other', 'table'], 'som compare a.som b.som data.csv')
  const ofMaps = files.isOk && (await isModel(files.value[1]))
  const read = new Flags()
  const options = {
    permutations: read.integer('--permutations', flags.permutations, 19, 99_999),
    seed: read.number('--seed', flags.seed),
  }
  const running = runningOf(read, flags)
  const reading = readingOf(read, flags)
  if (files.isOk) {
    const other = ofMaps ? (['permutations', 'seed', 'picture'] as const) : (['output', 'id'] as const)
    for (const name of other)
      if (flags[name] !== undefined) read.add(`--${name}`, ofMaps ? 'is for two tables' : 'is for two maps')
  }
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [map, other, table] = files.value
  const work = async (): Promise<number> => {
    for (const file of [flags.output, flags.picture]) if (file !== undefined) orRefuse(await checkWritable(file))
    const som = orRefuse(await readModel(map))
    const backend = await backendOf(running.backend, running.threads)
    orRefuse(runnerOf(backend, som))
    if (ofMaps) {
      const second = orRefuse(await readModel(other))
      const samples = await readForMap(table, som, { id: flags.id }, reading)
      const found = orRefuse((await compareMaps(som, second, samples, { backend })).mapErr(named(map, other)))
      if (flags.output !== undefined) {
        const { names, types, lines } = comparisonCsv(found, samples)
        orRefuse(await writeCsvAs(flags.output, { names, types }, (put) => put(lines.join(''))))
      }
      const shown = { a: map, b: other, table, output: flags.output }
      process.stdout.write(flags.json ? comparisonJson(found, samples, shown) : comparisonText(found, samples, shown))
      return EXIT.done
    }
    const [before, after] = [await readForMap(other, som, {}, reading), await readForMap(table, som, {}, reading)]
    const found = orRefuse((await drift(som, before, after, options, { backend })).mapErr(named(other, table)))
    if (flags.picture !== undefined) orRefuse(await writeAside(flags.picture, (put) => put(picture(som, found))))
    const shown = { map, before: other, after: table, picture: flags.picture }
    process.stdout.write(flags.json ? driftJson(found, shown) : driftText(som, found, shown))
    return EXIT.done
  }
  return untilInterrupted(() => untilRefused(work))
}

/** Issues under the names of files, or of flags. */
function named(first: string, second: string): (issues: readonly Issue[]) => Issue[] {
  const files: Readonly<Record<string, string>> = { a: first, b: second, before: first, after: second }
  return (issues) =>
    issues.map((issue) => {
      const [path, ...rest] = issue.path.split(': ')
      return { ...issue, path: [files[path] ?? path, ...rest].filter((part) => part !== '').join(': ') }
    })
}

/** Where rows became more or fewer, in percent of all. */
function picture(som: Som, { sharesBefore, sharesAfter }: Drift): string {
  const values = sharesAfter.map((share, unit) => 100 * (share - sharesBefore[unit]))
  return unitValuesPlot(som, values, {
    title: 'Drift',
    caption: 'share of the rows after, less that before, in percent of all',
  })
}
