import { type ClusterEdits, editClusters, type Som } from '@som/core'
import { Refused } from '../problem.ts'

/** The parts of a map that edits of its clusters are about. Plain data, which a thread can be sent. */
interface Edited {
  readonly som: Pick<Som, 'codebook' | 'clusters' | 'seen'>
  readonly edits: ClusterEdits
}

/** The clusters of a map after edits. Throws a `Refused` with every issue. */
export function editedClusters({ som, edits }: Edited): NonNullable<Som['clusters']> {
  if (som.clusters === undefined) {
    const message = 'expected a map with clusters, found none; add them with som cluster or som segment'
    throw new Refused(409, [{ path: 'map', message }])
  }
  return editClusters(som, edits).unwrapOrElse((issues) => {
    throw new Refused(400, issues)
  })
}
