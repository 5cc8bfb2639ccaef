// som serve, which reports its memory when it is asked: node --expose-gc soaked-server.ts, and the words of som serve.
import { readdirSync } from 'node:fs'
import { run } from '../../../packages/cli/src/run.ts'

process.on('message', () => {
  // Twice: what the first one finds dead gives its buffers back in the second.
  for (let i = 0; i < 2; i++) globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  const files = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
  process.send?.({ rss, heapUsed, external, files, resources: process.getActiveResourcesInfo().length })
})
process.exitCode = await run(['serve', ...process.argv.slice(2)])
process.disconnect()
