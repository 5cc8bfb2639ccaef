import { expect, it } from 'vitest'
import { noGroupsText } from './no-groups.ts'
import type { Trait } from './traits.ts'

const mark: Trait = { kind: 'number', feature: 'a', column: 'a', deviations: 2, usual: 2, all: 0 }

it('segments of which nothing sets 94 % of the rows apart are not worth having', () => {
  const segments = [
    { share: 0.94, marks: [] },
    { share: 0.06, marks: [mark] },
  ]
  expect(noGroupsText(segments)).toBe('no groups worth having: nothing sets 94 % of the rows apart')
})

it('an average segment of three quarters beside others is worth having', () => {
  const segments = [
    { share: 0.75, marks: [] },
    { share: 0.25, marks: [mark] },
  ]
  expect(noGroupsText(segments)).toBe(null)
})

it('what conductance finds is worth having unless it is one group, whatever the means of its segments', () => {
  const alike = [
    { share: 0.5, marks: [] },
    { share: 0.5, marks: [] },
  ]
  expect(noGroupsText(alike, 'conductance')).toBe(null)
  expect(noGroupsText([{ share: 1, marks: [] }], 'conductance')).toBe('no groups worth having: the rows are one group')
})
