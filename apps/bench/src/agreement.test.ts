import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreementOf, agreementText } from './agreement.ts'

test('a result is its own reference', () => {
  const result = { value: 2 }
  expect(agreementOf('batch', result, result)).toEqual({ verdict: 'reference' })
})

test('a map within a twentieth agrees, a worse one does not, and a better one is not a disagreement', () => {
  const verdict = (value: number): string => agreementOf('batch', { value }, { value: 1 }).verdict
  expect([1.04, 0.96, 1.06, 0.9].map(verdict)).toEqual(['agrees', 'agrees', 'worse', 'better'])
})

test('what was read differs whichever way it is off', () => {
  expect(agreementOf('read', { value: 0.9 }, { value: 1 }).verdict).toBe('worse')
})

test('a part of the work leaves nothing to check', () => {
  expect(agreementText(agreementOf('online', {}, { value: 1 }))).toBe('unchecked')
})

test('the verdict depends on the ratio alone', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      (ratio, scale) => {
        fc.pre(Math.abs(Math.abs(ratio - 1) - 0.05) > 1e-9)
        const at = (value: number): string => agreementOf('batch', { value: ratio * value }, { value }).verdict
        expect(at(scale)).toBe(at(1))
      },
    ),
  )
})
