import { type ClusterEdits, editClusters, type Som } from '@som/core'
import { writeModel } from '@som/io'
import { orRefuse } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { ClusterFlags } from '../command-flags/cluster-flags.ts'
import { defined } from '../defined.ts'
import type { Flags } from '../flags.ts'
import { clusteringJson, clusteringText } from './report.ts'

/** The edits that the flags ask for; null if there are none. */
export function editsOf(read: Flags, flags: ClusterFlags, withTable: boolean): ClusterEdits | null {
  const { merge, split, rename } = flags
  if (merge === undefined && split === undefined && rename === undefined) return null
  const of = merge ? '--merge' : split ? '--split' : '--rename'
  if (withTable) read.add(of, 'changes the clusters that the map has, and takes no rows')
  for (const name of ['count', 'method', 'most', 'names', 'least', 'seed', 'noise'] as const)
    if (flags[name] !== undefined) read.add(`--${name}`, `finds clusters again, and cannot be given with ${of}`)
  return defined({
    merge: merge?.map((text) => text.split(',').map((part) => read.integer('--merge', part, 1) ?? 0)),
    split: split?.map((text) => {
      const [cluster, into] = text.includes(':') ? text.split(':') : [text, undefined]
      const parts = into === undefined ? undefined : read.integer('--split', into, 2)
      return defined({ cluster: read.integer('--split', cluster, 1) ?? 0, into: parts })
    }),
    rename: rename?.map((text) => {
      const at = text.indexOf('=')
      if (at < 0) read.add('--rename', `expected number=name, such as 2=young, found ${text}`)
      return { cluster: read.integer('--rename', at < 0 ? '1' : text.slice(0, at), 1) ?? 0, name: text.slice(at + 1) }
    }),
  })
}

/** Edits the clusters of a map, writes it where it should be, and says what they are then. */
export async function edit(som: Som, edits: ClusterEdits, map: string, flags: ClusterFlags): Promise<number> {
  const clusters = orRefuse(
    editClusters(som, edits).mapErr((issues) =>
      issues.map(({ path, message }) => ({
        path: path === 'som' ? map : `--${path.replace(/\[.*/, '')}`,
        message: path === 'som' ? 'expected a map with clusters, found none; som cluster finds them' : message,
      })),
    ),
  )
  const edited: Som = { ...som, clusters }
  if (flags.output !== undefined) orRefuse(await writeModel(flags.output, edited))
  const report = flags.json ? clusteringJson : clusteringText
  const found = { clusters: { ...clusters }, tried: [], links: [], levels: [], mixtures: [], edited: true as const }
  process.stdout.write(report(edited, found, { map, table: undefined, output: flags.output }))
  return EXIT.done
}
