// Counts of tests: from vitest's own report, from cargo's, and as the one closing line.

/** No test at all. */
export const none = { passed: 0, failed: 0, skipped: 0 }

/** The sum of two counts. */
export const plus = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

/** What `cargo test` counted, over all its test programs. */
export function countsOfCargo(output) {
  const results = output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm)
  return [...results].reduce(
    (counts, [, passed, failed, skipped]) =>
      plus(counts, { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) }),
    none,
  )
}

/** A runner that fails without naming a failed test still counts as one failure. */
export const orCrashed = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts)

/** The closing line. */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`

/** Ends a run of tests: the closing line, and an exit code that is 0 only if something passed and nothing failed. */
export function close(counts) {
  if (counts.passed + counts.failed === 0) console.error('No test was run.')
  console.log(closingLine(counts))
  process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1
}
