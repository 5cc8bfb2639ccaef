import type { Backend, Choice, Task } from './backend.ts'

/**
 * A backend that uses the first of `backends` that can run the task. Its name is that of the one that runs, if that is
 * the same for all tasks.
 */
export function firstOf(...backends: readonly Backend[]): Backend {
  return {
    name: backends.map((backend) => backend.name).join(' or '),
    rejects(task) {
      if (chooseBackend(backends, task) !== null) return null
      return backends.map((backend) => `${backend.name}: ${backend.rejects(task)}`).join('; ')
    },
    async open(task, samples, codebook) {
      const chosen = chooseBackend(backends, task)
      if (chosen === null) throw new Error(`no backend can run this task: ${this.rejects(task)}`)
      return chosen.backend.open(task, samples, codebook)
    },
    choose: (task) => chooseBackend(backends, task),
  }
}

/** Tries `backends` in order; null if all reject the task. */
export function chooseBackend(backends: readonly Backend[], task: Task): Choice | null {
  const passedOver: { name: string; reason: string }[] = []
  for (const candidate of backends) {
    const reason = candidate.rejects(task)
    if (reason === null) {
      const inner = candidate.choose?.(task)
      if (inner) return { backend: inner.backend, passedOver: [...passedOver, ...inner.passedOver] }
      return { backend: candidate, passedOver }
    }
    passedOver.push({ name: candidate.name, reason })
  }
  return null
}
