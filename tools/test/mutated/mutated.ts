// Reads files that are nearly right, any number of them: each is read or refused in a sentence, within two seconds and
// with memory in proportion to the file. `npm run test:mutated` reads 20,000 of each kind; `-- --count 1000000
// --kind model` a million maps; `--kind all --seed 2` others than before. `--file 123 --kind csv -o x.csv` writes the
// 123rd file to look at it. Closes with one line of counts.
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { random } from '../../../packages/core/src/random.ts'
import { close } from '../counts.mjs'
import { kindsIn } from './kinds.ts'
import { mutated } from './mutate.ts'
import type { Work } from './worker.ts'

const { values } = parseArgs({
  options: {
    kind: { type: 'string', multiple: true },
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
/** Milliseconds that a file may take. */
const MOST_MS = 2000
/** Faults of a kind that are shown. */
const SHOWN = 5

const folder = mkdtempSync(join(tmpdir(), 'som-mutated-'))

interface Found {
  readonly i: number
  readonly found: string
}

/** Reads files until the end, or until one takes too long or ends the process; gives where to continue. */
function readOn(
  work: Omit<Work, 'progress'>,
  told: (found: Found) => void,
): Promise<{ next: number; refused: number }> {
  const progress = join(folder, 'progress')
  writeFileSync(progress, new Uint8Array(12))
  const state = (): Int32Array => new Int32Array(new Uint8Array(readFileSync(progress)).buffer)
  return new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(new URL('./worker.ts', import.meta.url)),
      [JSON.stringify({ ...work, progress })],
      {
        execArgv: [...process.execArgv, '--max-old-space-size=256'],
      },
    )
    let [last, since, isSlow] = [0, performance.now(), false]
    const clock = setInterval(() => {
      const [, step] = state()
      if (step !== last) [last, since] = [step, performance.now()]
      else if (step > 0 && performance.now() - since > MOST_MS) isSlow = child.kill('SIGKILL')
    }, 100)
    child.on('message', (found: Found) => told(found))
    child.once('close', (code, signal) => {
      clearInterval(clock)
      const [i, step, refused] = state()
      if (code === 0) resolve({ next: work.to, refused })
      else if (step === 0) reject(new Error(`cannot begin with ${work.kind}: ended with ${signal ?? code}`))
      else {
        told({ i, found: isSlow ? `took more than ${MOST_MS} ms` : `ended the process with ${signal ?? code}` })
        resolve({ next: i + 1, refused })
      }
    })
  })
}

async function readKind(kind: string): Promise<number> {
  const started = performance.now()
  let [faults, refused] = [0, 0]
  const told = ({ i, found }: Found): void => {
    if (++faults <= SHOWN) console.log(`  ${kind}, file ${i}: ${found}`)
  }
  for (let from = 0; from < count; ) {
    const done = await readOn({ kind, seed, from, to: count, folder }, told)
    from = done.next
    refused += done.refused
  }
  const rate = (count / (performance.now() - started)) * 1000
  console.log(`${kind}: ${count} files, ${refused} refused, ${faults} faults; ${rate.toFixed(0)} a second`)
  return faults
}

try {
  const kinds = await kindsIn(folder)
  const names = values.kind === undefined || values.kind.includes('all') ? Object.keys(kinds) : values.kind
  const unknown = names.filter((name) => kinds[name] === undefined)
  if (unknown.length > 0) throw new Error(`no such kind: ${unknown}; there are ${Object.keys(kinds)}`)
  if (values.file !== undefined) {
    const { whole } = kinds[names[0]]
    const i = Number(values.file)
    writeFileSync(values.output ?? 'mutated', mutated(whole[i % whole.length], random(seed, names[0], i)))
  } else {
    let failed = 0
    for (const name of names) failed += Number((await readKind(name)) > 0)
    close({ passed: names.length - failed, failed, skipped: 0 })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
