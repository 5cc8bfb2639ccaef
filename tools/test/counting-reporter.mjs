// A vitest reporter that writes how many tests passed, failed and were skipped to the file named by SOM_TEST_COUNTS.
import { writeFileSync } from 'node:fs'
import { none } from './counts.mjs'

export default class CountingReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { ...none }
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      for (const test of tests) {
        const { state } = test.result()
        // A test still pending when the run ends was never finished.
        counts[state === 'pending' ? 'failed' : state] += 1
      }
      // A file that cannot be loaded, or a hook that throws, fails although no test of it did.
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) counts.failed += 1
    }
    counts.failed += unhandledErrors.length
    writeFileSync(process.env.SOM_TEST_COUNTS, JSON.stringify(counts))
  }
}
