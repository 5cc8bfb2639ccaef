import { type Backend, nearDuplicates, type Samples, type Som } from '@som/core'
import { writeCsvAs } from '@som/io'
import { note, orRefuse } from '@som/server/command'

/** Writes the rows that have a near duplicate, numbered from 1, and says how many there are. */
export async function writeDuplicates(
  file: string,
  som: Som,
  samples: Samples,
  { within, backend }: { readonly within: number | undefined; readonly backend: Backend },
): Promise<void> {
  const options = within === undefined ? {} : { within }
  const asked = await nearDuplicates(som, samples, options, { backend })
  const found = orRefuse(
    asked.mapErr((issues) =>
      issues.map((issue) => ({ ...issue, path: issue.path === 'within' ? '--within' : issue.path })),
    ),
  )
  const lines: string[] = []
  const groups = new Set<number>()
  found.first.forEach((first, row) => {
    if (first < 0) return
    groups.add(first)
    lines.push(`${row + 1},${first + 1},${found.distance[row]}\n`)
  })
  const names = ['row', 'first_row', 'distance']
  const types = ['INTEGER', 'INTEGER', 'DOUBLE'] as const
  orRefuse(await writeCsvAs(file, { names, types }, (put) => put([`${names.join(',')}\n`, ...lines].join(''))))
  const apart = `a distance of ${Number(found.within.toPrecision(3))}`
  note(
    groups.size === 0
      ? `no near duplicates within ${apart}`
      : `near duplicates within ${apart}: ${lines.length} rows in ${groups.size} groups, in ${file}`,
  )
}
