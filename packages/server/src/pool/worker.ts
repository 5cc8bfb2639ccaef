import { Refused } from '../problem.ts'
import { type Answered, type Given, TASKS, type TaskName } from './tasks.ts'

/** One task, as the pool hands it to a thread. What is refused is answered; any other failure is thrown. */
export default async function work<N extends TaskName>({
  task,
  given,
}: {
  task: N
  given: Given<N>
}): Promise<Answered> {
  try {
    // Each task takes what its name says.
    return { taken: await (TASKS[task] as (given: Given<N>) => unknown)(given) }
  } catch (error) {
    if (error instanceof Refused) return { refused: { status: error.status, issues: error.issues } }
    throw error
  }
}
