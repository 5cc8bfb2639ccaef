import type { Backend, Rows, Session } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import type { Som } from '../som.ts'

/** Does `work` in a session of the map on the rows, and closes the session however the work ends. */
export async function inSession<T>(
  { lattice, metric, kernel, codebook }: Pick<Som, 'lattice' | 'metric' | 'kernel' | 'codebook'>,
  rows: Rows,
  work: (session: Session) => Promise<T>,
  backend: Backend = js(),
): Promise<T> {
  const session = await backend.open({ lattice, metric, kernel }, rows, codebook)
  try {
    return await work(session)
  } finally {
    session.close()
  }
}
