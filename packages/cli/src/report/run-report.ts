import { basename } from 'node:path'
import { clusterUnits, diagnose, matchPrepared, prepareRows, qualityOf, type Som } from '@som/core'
import { checkWritable, readModel, writeAside } from '@som/io'
import { report } from '@som/plot'
import { BACKENDS, backendOf, MOST_THREADS, runnerOf } from '../backend.ts'
import type { ReportFlags } from '../commands/report.ts'
import { EXIT } from '../exit.ts'
import { Flags } from '../flags.ts'
import { areIssues, complain, operands } from '../issues.ts'
import { readForMap } from '../read-for-map.ts'
import { orRefuse, untilRefused } from '../refusal.ts'

/** Runs `som report`; gives the exit code. */
export async function runReport(command: Parameters<typeof operands>[0], flags: ReportFlags): Promise<number> {
  const files = operands(command, ['map', 'table'], 'som report map.som data.csv -o report.html')
  const read = new Flags()
  const backendName = read.choice('--backend', flags.backend, BACKENDS) ?? 'auto'
  const threads = read.integer('--threads', flags.threads, 1, MOST_THREADS)
  if (areIssues(files) || read.issues.length > 0) {
    complain([...(areIssues(files) ? files : []), ...read.issues])
    return EXIT.usage
  }
  const [map, table] = files
  const output = flags.output ?? `${map.replace(/\.som$/, '')}.html`
  return untilRefused(async () => {
    orRefuse(await checkWritable(output))
    const som = clustered(orRefuse(await readModel(map)))
    const backend = await backendOf(backendName, threads)
    orRefuse(runnerOf(backend, som))
    const samples = await readForMap(table, som, { label: flags.label, id: flags.id })
    const rows = orRefuse(prepareRows(som, samples))
    const matches = await matchPrepared(som, rows, { backend })
    const labels = samples.labels?.map((label) => (label === '' ? null : label))
    const quality = qualityOf(som, rows, matches, labels && { labels })
    const page = report({ som, samples, matches, quality, source: basename(table), title: flags.title })
    orRefuse(await writeAside(output, (put) => put(page)))
    const findings = diagnose(som, quality)
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ output, rows: samples.rows, findings })}\n`
        : `${findings.map(({ kind, finding }) => `${kind}: ${finding}\n`).join('')}written to  ${output}\n`,
    )
    return EXIT.done
  })
}

/** The map with clusters: its own, or those that are proposed. */
function clustered(som: Som): Som {
  if (som.clusters !== undefined) return som
  const found = clusterUnits(som)
  return found.isOk ? { ...som, clusters: found.value.clusters } : som
}
