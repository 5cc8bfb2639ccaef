import { once } from 'node:events'
import { type Backend, describeIssues, notOneOf } from '@som/core'
import { decodeModel } from '@som/io'
import { backendOf, complain, optionIssues, orRefuse, Refusal } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { arrowScores, SCORES, type ScoreName } from '@som/server/scoring'
import type { WorkerFlags } from '../command-flags/worker-flags.ts'
import { Flags } from '../flags.ts'
import { runningOf } from '../running.ts'
import { version } from '../version.ts'
import { answerPass, PASSES } from './answer-pass.ts'
import { type Frame, FrameReader, NotFrames, PROTOCOL } from './frames.ts'
import { lead, refusedFrame } from './lead.ts'
import { packRows } from './pack-rows.ts'

type Answer = (frame: Frame, frames: FrameReader, backend: Backend) => AsyncGenerator<Uint8Array>

/** What a worker can be asked, by the name in the first frame. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  train: lead,
  pack: (frame, frames) => packRows(frame, frames.rest()),
  ...Object.fromEntries(PASSES.map((name): [string, Answer] => [name, passOf])),
  ...Object.fromEntries(SCORES.map((name): [string, Answer] => [name, scoreOf(name)])),
}

function passOf(frame: Frame, frames: FrameReader, backend: Backend): AsyncGenerator<Uint8Array> {
  return answerPass(frame, frames.rest(), backend)
}

function scoreOf(name: ScoreName): Answer {
  return ({ bytes }, frames, backend) =>
    arrowScores(orRefuse(decodeModel(bytes, 'map')), name, frames.rest(), backend, (issues) => new Refusal(issues))
}

/** Runs `som worker`: one question from standard input, one answer to standard output; gives the exit code. */
export async function runWorker(command: Parameters<typeof optionIssues>[0], flags: WorkerFlags): Promise<number> {
  const read = new Flags()
  read.issues.push(...optionIssues(command))
  const { backend: name, threads } = runningOf(read, flags)
  for (const word of command.args.filter((arg) => !arg.startsWith('-'))) read.add(word, 'expected no words')
  if (read.issues.length === 0 && !flags.describe && process.stdin.isTTY)
    read.add('standard input', 'expected frames of a program, found a terminal; see docs/design/worker.md')
  if (read.issues.length > 0) {
    complain(read.issues)
    return EXIT.usage
  }
  const backend = await backendOf(name, threads)
  if (flags.describe) {
    process.stdout.write(`${JSON.stringify(describe(backend))}\n`)
    return EXIT.done
  }
  return answerOne(backend)
}

const describe = (backend: Backend) => ({
  protocol: PROTOCOL,
  version: version(),
  backend: backend.choose?.(ANY_TASK)?.backend.name ?? backend.name,
  asks: Object.keys(ANSWERS),
})

/** A task that every backend can run. */
const ANY_TASK = {
  lattice: { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 2 },
  metric: 'euclidean',
  kernel: 'gaussian',
} as const

async function answerOne(backend: Backend): Promise<number> {
  let isLead = false
  try {
    const frames = new FrameReader(process.stdin)
    const frame = await frames.next()
    if (frame === null) throw new NotFrames('the stream ended before its first frame')
    const { ask } = frame.head
    const answer = typeof ask === 'string' && Object.hasOwn(ANSWERS, ask) ? ANSWERS[ask] : undefined
    if (answer === undefined) throw new NotFrames(`ask: ${notOneOf(ask, Object.keys(ANSWERS))}`)
    isLead = ask === 'train'
    for await (const bytes of answer(frame, frames, backend)) await put(bytes)
    return EXIT.done
  } catch (error) {
    const issues = issuesOf(error)
    if (issues === null) throw error
    if (isLead) for (const bytes of refusedFrame(issues)) await put(bytes)
    process.stderr.write(`som worker: ${describeIssues(issues)}\n`)
    return EXIT.failed
  }
}

function issuesOf(error: unknown) {
  if (error instanceof Refusal) return error.issues
  return error instanceof NotFrames ? [{ path: '', message: error.message }] : null
}

async function put(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain')
}
