// The tests against real programs, which make what they need: a Python environment, a build under AddressSanitizer. They
// fail, and do not skip, where a service cannot be had. Closes with one line of counts; arguments go to vitest, and then
// only vitest runs.
import { addressSanitizer } from './asan.mjs'
import { close, none, plus } from './counts.mjs'
import { vitest } from './vitest.mjs'

const filters = process.argv.slice(2)
const services = await vitest('--config=tools/services/vitest.config.ts', ...filters)
close(plus(services, filters.length > 0 ? none : await addressSanitizer()))
