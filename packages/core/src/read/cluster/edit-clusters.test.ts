import { expect, it } from 'vitest'
import { matrix } from '../../rows/matrix.ts'
import { type ClusterEdits, editClusters } from './edit-clusters.ts'

const codebook = matrix(8, 1, Float32Array.of(0, 1, 10, 11, 50, 51, 90, 91))
const clusters = { method: 'ward', count: 3, of: Int32Array.of(0, 0, 0, 0, 1, 1, 2, 2), seed: 1 }
const edited = (edits: ClusterEdits, more = {}) =>
  editClusters({ codebook, clusters: { ...clusters, ...more } }, edits).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
const refused = (edits: unknown): readonly string[] => {
  const found = editClusters({ codebook, clusters }, edits as ClusterEdits)
  return found.isErr ? found.error.map(({ path, message }) => `${path}: ${message}`) : []
}

it('merged clusters are one, and clusters are numbered by their size again', () => {
  const found = edited({ merge: [[2, 3]] }, { reach: [1, 2, 3] })
  expect([...found.of]).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
  expect([found.count, found.names, found.reach]).toEqual([2, undefined, [1, 3]])
})

it('a split cluster is parted where it is widest', () => {
  const found = edited({ split: [{ cluster: 1 }] }, { names: ['low', 'middle', 'high'], reach: [1, 2, 3] })
  expect([...found.of]).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  expect(found.names).toEqual(['low 1', 'low 2', 'middle', 'high'])
  expect(found.reach).toEqual([1, 1, 2, 3])
  expect(edited({ split: [{ cluster: 1, into: 4 }] }).count).toBe(6)
})

it('a new name stays with its cluster, also when it gets another number', () => {
  const found = edited(
    { merge: [[2, 3]], rename: [{ cluster: 3, name: 'far' }] },
    { of: Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2) },
  )
  expect([...found.of]).toEqual([1, 1, 1, 0, 0, 0, 0, 0])
  expect(found.names).toEqual(['far', 'cluster 2'])
})

it('units in no cluster stay there', () => {
  const found = edited({ merge: [[1, 2]] }, { of: Int32Array.of(0, 0, -1, -1, 1, 1, 2, 2) })
  expect([...found.of]).toEqual([0, 0, -1, -1, 0, 0, 1, 1])
})

it('merging parts gives back what was split', () => {
  const found = edited({ split: [{ cluster: 1 }] })
  const again = editClusters({ codebook, clusters: found }, { merge: [[1, 2]] })
  expect(again.isOk && [...again.value.of]).toEqual([...clusters.of])
})

it('refuses every edit that cannot be, at once', () => {
  expect(
    refused({
      merge: [[1], [2, 4]],
      split: [{ cluster: 3, into: 3 }, { cluster: 2 }],
      rename: [
        { cluster: 1, name: '' },
        { cluster: 2, name: 'unclustered' },
      ],
    }),
  ).toEqual([
    'merge[0]: expected the numbers of at least 2 clusters, found an array of 1',
    'merge[1]: expected an integer from 1 to 3, found 4',
    'split[0]: expected 2 parts or more, at most the 2 units of cluster 3, found 3',
    'split[1]: expected each cluster in one edit, found 2 in two',
    'rename[0]: expected a name, found ""',
    'rename[1]: expected a name, found that of what is in no cluster',
  ])
  expect(
    refused({
      rename: [
        { cluster: 1, name: 'a' },
        { cluster: 2, name: 'a' },
      ],
    }),
  ).toEqual(['rename: expected different names, found "a" twice'])
  expect(refused({ joins: [] })[0]).toMatch(/joins/)
  const none = editClusters({ codebook }, {})
  expect(none.isErr && none.error[0].message).toMatch(/^expected a map with clusters, found none/)
})
