import { expect, test } from 'vitest'
import { closingLine, countsOfCargo, none, orCrashed, plus } from './counts.mjs'

const fromCargo = `
running 3 tests
test a ... ok
test b ... FAILED
test c ... ignored, needs a network

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.05s

     Running tests/golden.rs (target/release/deps/golden-1)
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out; finished in 1.20s
`

test('what cargo counted is summed over its test programs', () => {
  expect(countsOfCargo(fromCargo)).toEqual({ passed: 13, failed: 1, skipped: 1 })
})

test('a cargo that reports nothing has counted nothing', () => {
  expect(countsOfCargo('error: could not compile `som-kernels`')).toEqual(none)
})

test('the closing line names passed, failed and skipped in this order', () => {
  expect(closingLine(plus({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 }))).toBe(
    '11 passed, 22 failed, 33 skipped',
  )
})

test('a runner that fails without naming a test counts as one failure', () => {
  expect(orCrashed({ passed: 2, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 })
  expect(orCrashed({ passed: 2, failed: 3, skipped: 0 }, 1)).toEqual({ passed: 2, failed: 3, skipped: 0 })
})
