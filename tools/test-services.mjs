// The tests against real programs, which make what they need: a Python environment. They fail, and do not skip, where it
// cannot be had. Closes with one line of counts; arguments go to vitest.
import { close } from './counts.mjs'
import { vitest } from './vitest.mjs'

close(await vitest('--config=tools/services/vitest.config.ts', ...process.argv.slice(2)))
