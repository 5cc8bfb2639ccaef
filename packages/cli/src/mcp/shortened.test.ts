import { expect, test } from 'vitest'
import { shortened } from './shortened.ts'

test('long lists and texts are cut, and say by how much', () => {
  const units = Array.from({ length: 2500 }, (_, i) => i)
  const found = shortened({ name: 'x'.repeat(600), within: { units }, few: [1, 2] })
  const cut = [...units.slice(0, 100), '… and 2400 more']
  expect(found).toEqual({ name: `${'x'.repeat(500)}… and 100 more characters`, within: { units: cut }, few: [1, 2] })
})

test('an object of many names keeps the first', () => {
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`n${i}`, i]))
  expect(Object.keys(shortened(many) as object)).toHaveLength(101)
  expect(shortened(many)).toMatchObject({ n99: 99, '…': 'and 1 more' })
})
