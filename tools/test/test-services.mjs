// The tests against real programs, which make what they need: a Python environment, a build under AddressSanitizer, a
// registry of packages. They fail, and do not skip, where a service cannot be had. Closes with one line of counts;
// arguments go to vitest, and then only vitest runs.

import { rehearse } from '../release/rehearse.mjs'
import { addressSanitizer } from './asan.mjs'
import { close, none, plus } from './counts.mjs'
import { miri } from './miri.mjs'
import { vitest, vitestWith } from './vitest.mjs'

const services = (...args) => vitest('--config=tools/test/services/vitest.config.ts', ...args)
/** A quick form, for who writes a page, of what the others type: from a clone, and the rehearsal from packages. */
const TYPED_TWICE = '**/pages.services.ts'
/** Of what `npm test` draws a thousand. */
const hundredThousandRequests = () =>
  vitestWith({ SOM_DRAWN: '100000' }, '--project=node', 'packages/server/src/openapi')

/** Runs parts one after the other; gives what they counted together. */
async function inTurn(parts) {
  let counts = none
  for (const part of parts) counts = plus(counts, await part())
  return counts
}

const filters = process.argv.slice(2)
if (filters.length > 0) close(await services(...filters))
else {
  // Two at a time: each of them waits for programs and compilers for about half of its time.
  const [first, second] = await Promise.all([
    services('--exclude', TYPED_TWICE),
    inTurn([hundredThousandRequests, addressSanitizer, miri, rehearse]),
  ])
  close(plus(first, second))
}
