import type { Backend, Som } from '@som/core'
import { readModel } from '@som/io'
import { backendOf, orRefuse, runnerOf } from '@som/server/command'
import type { Running } from './running.ts'

/** A map from its file, and the backend that runs it. */
export async function openMap(
  file: string,
  { backend: name, threads }: Running,
): Promise<{ som: Som; backend: Backend }> {
  const som = orRefuse(await readModel(file))
  const backend = await backendOf(name, threads)
  orRefuse(runnerOf(backend, som))
  return { som, backend }
}
