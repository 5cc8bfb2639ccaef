// The tests against real programs, which make what they need: a Python environment, a build under AddressSanitizer, a
// registry of packages. They fail, and do not skip, where a service cannot be had. Closes with one line of counts;
// arguments go to vitest, and then only vitest runs.

import { rehearse } from '../release/rehearse.mjs'
import { addressSanitizer } from './asan.mjs'
import { close, plus } from './counts.mjs'
import { miri } from './miri.mjs'
import { vitest, vitestWith } from './vitest.mjs'

const filters = process.argv.slice(2)
const services = await vitest('--config=tools/test/services/vitest.config.ts', ...filters)
/** Of what `npm test` draws a thousand. */
const tenThousandRequests = () => vitestWith({ SOM_DRAWN: '10000' }, '--project=node', 'packages/server/src/openapi')
const others = filters.length > 0 ? [] : [tenThousandRequests, addressSanitizer, miri, rehearse]
let counts = services
for (const part of others) counts = plus(counts, await part())
close(counts)
