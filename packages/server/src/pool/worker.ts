import { move, transferableSymbol, valueSymbol } from 'piscina'
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
    const taken = await (TASKS[task] as (given: Given<N>) => unknown)(given)
    return task === 'openModel' ? handedOver({ taken }, given) : { taken }
  } catch (error) {
    if (error instanceof Refused) return { refused: { status: error.status, issues: error.issues } }
    throw error
  }
}

/** An answer that lies in the bytes that the task was given: they go back without a copy. */
function handedOver(answered: Answered, given: object): Answered {
  const bytes = 'bytes' in given && given.bytes instanceof Uint8Array ? given.bytes : undefined
  if (bytes === undefined) return answered
  // What is moved reaches the other side as its value.
  return move({ [transferableSymbol]: [bytes.buffer], [valueSymbol]: answered }) as unknown as Answered
}
