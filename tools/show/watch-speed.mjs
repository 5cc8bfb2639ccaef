// How fast som watch judges a file, as docs/anomalies.md tells: `npm run bench:watch -- 600000 5` gives rows and runs
// of each. The whole process is measured, from its start to its last commit; the fastest of the runs says least of what
// else the machine did.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [rows = 600_000, runs = 3] = process.argv.slice(2).map(Number)
const som = fileURLToPath(new URL('../som.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-watch-speed-'))
const at = (name) => join(folder, name)

let state = 12345
const draw = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}
const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
const names = Array.from({ length: 16 }, (_, f) => `s${f + 1}`)
// Sixteen sensors of three causes, and noise.
const loads = names.map(() => [normal(), normal(), normal()])
const row = () => {
  const [x, y, z] = [normal(), normal(), normal()]
  return loads.map(([a, b, c]) => (a * x + b * y + c * z + 0.3 * normal()).toFixed(4))
}

try {
  writeFileSync(at('normal.csv'), `${names}\n${Array.from({ length: 20_000 }, row).join('\n')}\n`)
  const readings = Array.from({ length: rows }, row)
  writeFileSync(at('new.csv'), `${names}\n${readings.join('\n')}\n`)
  const json = (values) => `{${values.map((value, f) => `"${names[f]}":${Number(value)}`).join(',')}}`
  writeFileSync(at('new.ndjson'), `${readings.map(json).join('\n')}\n`)
  readings.length = 0
  await run('watch', at('normal.csv'), '--size', '32x32', '-o', at('normal.som'))
  for (const [input, ...flags] of [['new.ndjson'], ['new.csv'], ['new.ndjson', '--adapt']]) {
    const found = []
    for (let i = 0; i < runs; i++) {
      for (const name of ['out', 'out.state']) rmSync(at(name), { force: true })
      found.push(await run('watch', at('normal.som'), at(input), '-o', at('out'), '--threads', '2', ...flags))
    }
    const seconds = Math.min(...found.map((one) => one.seconds))
    const mebibytes = Math.max(...found.map((one) => one.mebibytes))
    const told = [`${seconds.toFixed(1)} s`, `${Math.round(rows / seconds)} rows a second`, `${mebibytes} MiB at most`]
    console.log([input, ...flags].join(' ').padEnd(20), told.join(', '))
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** Seconds of a whole process, and the memory that it held at most, where the system says so. */
async function run(...args) {
  const from = performance.now()
  const child = spawn(process.execPath, ['--conditions=@som/source', som, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let mebibytes = 0
  const look = setInterval(() => {
    try {
      const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
      mebibytes = Math.max(mebibytes, Math.round(Number(found?.[1] ?? 0) / 1024))
    } catch {}
  }, 50)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(look)
  if (code !== 0) throw new Error(`som ${args.join(' ')} ended with ${code}`)
  return { seconds: (performance.now() - from) / 1000, mebibytes }
}
