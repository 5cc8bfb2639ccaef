import { expect, test } from 'vitest'
import { repeated } from './repeated.ts'

test('work is repeated as often as is asked, until it has taken enough', () => {
  const times = [4, 5, 6, 7]
  const of = (repeats: number, enough: number, wholeProcess = false) => {
    let at = 0
    return repeated({ repeats, enough, wholeProcess }, () => times[at++])
  }
  expect(of(3, 0)).toEqual([4, 5, 6])
  expect(of(3, 9)).toEqual([4, 5])
  expect(of(3, 1)).toEqual([4])
  expect(of(3, 0, true)).toEqual([4])
})
