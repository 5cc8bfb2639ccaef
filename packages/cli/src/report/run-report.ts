import { basename } from 'node:path'
import { diagnose } from '@som/core'
import { checkWritable, writeAside } from '@som/io'
import { complain, issuesIn, operands, orRefuse, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { ReportFlags } from '../command-flags/report-flags.ts'
import { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { openMap } from '../open-map.ts'
import { readForMap } from '../read-for-map.ts'
import { readingOf } from '../reading.ts'
import { runningOf } from '../running.ts'
import { counted } from '../text.ts'
import { whileShowing } from '../train/progress.ts'
import { pageOf } from './page-of.ts'

/** Runs `som report`; gives the exit code. */
export async function runReport(command: Parameters<typeof operands>[0], flags: ReportFlags): Promise<number> {
  const files = operands(command, ['map', 'table'], 'som report map.som data.csv -o report.html')
  const read = new Flags()
  const running = runningOf(read, flags)
  const reading = readingOf(read, flags)
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [model, table] = files.value
  const output = flags.output ?? `${model.replace(/\.som$/, '')}.html`
  const work = async (): Promise<number> => {
    orRefuse(await checkWritable(output))
    const { som: map, backend } = await openMap(model, running)
    const samples = await readForMap(table, map, { label: flags.label, id: flags.id }, reading)
    const { som, html, quality } = await whileShowing(
      `measuring and drawing ${counted(samples.rows, 'row')}`,
      (progress) => pageOf(map, samples, { backend, progress, source: basename(table), title: flags.title }),
    )
    orRefuse(await writeAside(output, (put) => put(html)))
    const findings = diagnose(som, quality.symptoms)
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ output, rows: samples.rows, findings })}\n`
        : `${findings.map(({ kind, finding }) => `${kind}: ${finding}\n`).join('')}written to  ${output}\n`,
    )
    return EXIT.done
  }
  return untilInterrupted(() => untilRefused(work))
}
