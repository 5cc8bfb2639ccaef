// A hostile caller: node attack.js '{"url": …, "method": …, "type": …, "bodyFile": …, "connections": …, "seconds": …}'.
// Sends its request again and again, and writes how often it was answered with each status, as JSON.
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import type { Attack } from '../serving/attack.ts'

const { url, method, type, bodyFile, connections, seconds } = JSON.parse(process.argv[2]) as Attack
const found = await autocannon({
  ...{ url, method, connections, duration: seconds, timeout: 60 },
  ...(method === 'POST' && { headers: { 'content-type': type }, body: readFileSync(bodyFile) }),
})
const counts = Object.entries(found.statusCodeStats ?? {}).map(([status, { count = 0 }]) => [status, count])
process.stdout.write(JSON.stringify(Object.fromEntries(counts)))
