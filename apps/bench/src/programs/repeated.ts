import type { Workload } from '../workload.ts'

/**
 * The seconds of each repetition of `once`, which times itself: as many as the workload asks for, fewer once they have
 * together taken what is enough.
 */
export function repeated(
  { wholeProcess, repeats, enough }: Pick<Workload, 'wholeProcess' | 'repeats' | 'enough'>,
  once: () => number,
): number[] {
  const seconds: number[] = []
  let taken = 0
  while (seconds.length < (wholeProcess ? 1 : repeats) && (enough === 0 || taken < enough)) {
    const found = once()
    taken += found
    seconds.push(found)
  }
  return seconds
}
