import type { Backend, Matches, Matrix } from '@som/core'
import type { Task } from '@som/core/backend'

/** The row of `codebook` nearest to each point; the lower row wins a tie. */
export async function matchTo(
  codebook: Matrix,
  points: Matrix,
  backend: Backend,
  task: Pick<Task, 'lattice'> = { lattice: { cell: 'rectangular', shape: 'sheet', rows: 1, columns: codebook.rows } },
): Promise<Pick<Matches, 'unit' | 'distance'>> {
  const session = await backend.open(
    { lattice: task.lattice, metric: 'euclidean', kernel: 'bubble' },
    { matrix: points },
    codebook,
  )
  try {
    return await session.match(undefined, { second: false })
  } finally {
    session.close()
  }
}
