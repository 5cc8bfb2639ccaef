import { diagnose, type Neighbours, type QualityOptions, quality } from '@som/core'
import { writeAside } from '@som/io'
import { complain, issuesIn, operands, orRefuse, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { QualityFlags } from '../command-flags/quality-flags.ts'
import { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { openMap } from '../open-map.ts'
import { readForMap } from '../read-for-map.ts'
import { readingOf } from '../reading.ts'
import { runningOf } from '../running.ts'
import { counted } from '../text.ts'
import { whileShowing } from '../train/progress.ts'
import { qualityJson, qualityText } from './report.ts'

/** Runs `som quality`; gives the exit code. */
export async function runQuality(command: Parameters<typeof operands>[0], flags: QualityFlags): Promise<number> {
  const files = operands(command, ['map', 'table'], 'som quality map.som data.csv')
  const read = new Flags()
  const running = runningOf(read, flags)
  const neighbours = read.integer('--neighbours', flags.neighbours, 4, 8)
  const options: QualityOptions = {
    // Whether the lattice has this many neighbours is checked with the map.
    neighbours: neighbours as Neighbours | undefined,
    nearest: read.integer('--nearest', flags.nearest, 1),
    space: read.choice('--space', flags.space, ['lattice', 'codebook']),
    radius: read.number('--radius', flags.radius),
    sample: read.integer('--sample', flags.sample, 3),
    seed: read.number('--seed', flags.seed),
  }
  const reading = readingOf(read, flags)
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [map, table] = files.value
  const work = async (): Promise<number> => {
    const { som, backend } = await openMap(map, running)
    const samples = await readForMap(table, som, { label: flags.label, weight: flags.weight }, reading)
    const labels = samples.labels?.map((label) => (label === '' ? null : label))
    const found = await whileShowing(`measuring ${counted(samples.rows, 'row')}`, (progress) =>
      quality(som, samples, { ...options, ...(labels && { labels }) }, { backend, progress }),
    )
    const measured = orRefuse(found.mapErr((issues) => issues.map((issue) => ({ ...issue, path: `--${issue.path}` }))))
    const findings = diagnose(som, measured.symptoms)
    const json = qualityJson(measured, findings, map, table)
    if (flags.output !== undefined) orRefuse(await writeAside(flags.output, (put) => put(json)))
    process.stdout.write(flags.json ? json : qualityText(measured, findings))
    return EXIT.done
  }
  return untilInterrupted(() => untilRefused(work))
}
