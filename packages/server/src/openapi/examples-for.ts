import { allows, type Caller } from '../keys/callers.ts'
import type { Example } from './example.ts'
import type { Operation } from './operation.ts'

type Any = Operation<unknown, unknown, unknown>

/**
 * The examples that a caller may see: they name maps and columns, which is to look at them. What has none now goes
 * without.
 */
export async function examplesFor(operations: readonly Any[], caller: Caller): Promise<ReadonlyMap<Any, Example>> {
  const found = new Map<Any, Example>()
  if (!allows(caller, 'read')) return found
  for (const operation of operations) {
    if (!operation.example || (operation.scope !== null && !allows(caller, operation.scope))) continue
    // A map that cannot be read is reported of where it is requested; the description is there without it.
    const example = await operation.example(caller).catch(() => null)
    if (example !== null) found.set(operation, example)
  }
  return found
}
