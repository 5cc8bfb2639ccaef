import { type Backend, js } from '@som/core'
import type { Task } from '@som/core/backend'
import { native } from '@som/native'

/** What the bench itself computes with: native where it runs, js elsewhere, the same bits from both. */
export function benchBackend(task: Task, threads: number): Backend {
  const fast = native({ threads })
  return fast.rejects(task) === null ? fast : js()
}
