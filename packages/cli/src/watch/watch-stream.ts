import { stat } from 'node:fs/promises'
import type { AnswerColumn, Som } from '@som/core'
import { readModel, settle } from '@som/io'
import { openWatcher, readingFeatures, type Watcher } from '@som/recipes'
import { backendOf, note, orRefuse, Refusal, refuseAny } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { Interrupt } from '../interrupt.ts'
import { newLevels } from '../new-levels.ts'
import { short } from './cell-reader.ts'
import { Clock } from './clock.ts'
import { type Counts, countsText, NONE, plus } from './counts.ts'
import { goOnFrom } from './go-on.ts'
import { LineCutter, type Lines } from './lines.ts'
import { lockOutput } from './output-lock.ts'
import { type Broken, LineReader } from './readings.ts'
import type { Watching } from './settings.ts'
import { fileSink, outputSink, type Sink } from './sink.ts'
import { fileBytes, inputBytes } from './source.ts'
import { type Committed, HEAD_BYTES, headOf, judgeOf, writeState } from './state-file.ts'
import { verdictAnswers, verdictLines } from './verdict-lines.ts'

/** Time between two commits. */
const COMMIT_MS = 1000

/** Judges the rows of a stream and writes a verdict for each. */
export async function watchStream(settings: Watching, interrupt: Interrupt): Promise<number> {
  const som = orRefuse(await readModel(settings.map))
  if (som.calibration === undefined) refuseAny([{ path: settings.map, message: NOT_CALIBRATED }])
  await refuseUnreadable(settings)
  const { output } = settings
  const release = output === undefined ? async () => undefined : orRefuse(await settle(() => lockOutput(output)))
  try {
    return await judgeAll(settings, som, interrupt)
  } finally {
    await release()
  }
}

async function judgeAll(settings: Watching, som: Som, interrupt: Interrupt): Promise<number> {
  const judge = await judgeOf(settings.map, optionsOf(settings))
  const committed = settings.output === undefined ? null : await goOnFrom(settings, settings.output, judge)
  const watcher = await watcherOf(settings, som, committed)
  // Done before the first row is written, so that no output ever lacks its state.
  if (settings.output !== undefined && committed !== null) await writeState(settings.output, committed)
  interrupt.arm()
  const stream = new Stream(settings, som, watcher, judge, committed)
  try {
    orRefuse(await settle(() => stream.run(interrupt.signal)))
  } finally {
    watcher.close()
  }
  return interrupt.signal.aborted ? interrupt.code : EXIT.done
}

const NOT_CALIBRATED =
  'is not calibrated on normal rows; learn a map with: som watch normal.csv -o normal.som, or calibrate this one with: som watch map.som held-out.csv --calibrate -o normal.som'

function optionsOf({ alpha, notice, adapt, time }: Watching): object {
  return { alpha, notice, adapt, time }
}

async function refuseUnreadable({ rows }: Watching): Promise<void> {
  if (rows === '-') return
  const found = await stat(rows).catch(() => null)
  if (found?.isFile() || found?.isFIFO()) return
  const what = found === null ? 'no such file' : 'a folder or a device'
  refuseAny([{ path: rows, message: `expected a file of NDJSON or CSV, found ${what}; check the path` }])
}

async function watcherOf(settings: Watching, som: Som, committed: Committed | null): Promise<Watcher> {
  const { alpha, notice, adapt } = settings
  const backend = await backendOf(settings.backend, settings.threads)
  const state = committed?.watcher ?? undefined
  const opened = await openWatcher(som, { alpha, notice, adapt, backend, state })
  return orRefuse(
    opened.mapErr((issues) =>
      issues.map(({ path, message }) => ({ path: path === 'som' ? settings.map : `--${path}`, message })),
    ),
  )
}

/** One run over an input: lines in, verdicts out, a commit now and then. */
class Stream {
  private readonly settings: Watching
  private readonly watcher: Watcher
  private readonly judge: string
  private readonly answers: readonly AnswerColumn[]
  private readonly reader: LineReader
  private readonly clock: Clock
  private readonly cutter = new LineCutter()
  private counts: Counts
  private offset: number
  private head: string
  private sink: Sink = outputSink()
  private written: Promise<void> = Promise.resolve()
  private committedAt = 0
  private readonly levels = newLevels()
  private told = 0
  private firstBroken = ''
  private namesChecked = false
  private headIsWhole = false

  constructor(settings: Watching, som: Som, watcher: Watcher, judge: string, committed: Committed | null) {
    const time = settings.time ?? som.calibration?.time
    this.settings = settings
    this.watcher = watcher
    this.judge = judge
    this.answers = verdictAnswers(som)
    this.reader = new LineReader(readingFeatures(som), time, settings.strict, committed?.reader, settings.reading)
    this.clock = new Clock(committed?.clock)
    this.counts = committed?.counts ?? NONE
    this.offset = committed?.offset ?? 0
    this.head = committed?.head ?? ''
    this.committedLength = committed?.length ?? 0
  }

  private readonly committedLength: number

  async run(signal: AbortSignal): Promise<void> {
    const { rows, follow, output, json } = this.settings
    if (output !== undefined) this.sink = await fileSink(output, this.committedLength)
    this.committedAt = performance.now()
    try {
      const bytes = rows === '-' ? inputBytes(signal) : fileBytes(rows, this.offset, follow, signal)
      for await (const chunk of bytes) {
        if (chunk.length > 0) await this.take(this.cutter.add(chunk))
        if (chunk.length === 0 || performance.now() - this.committedAt > COMMIT_MS) await this.commit()
      }
      if (!signal.aborted) await this.take(this.cutter.rest())
    } finally {
      await this.commit().finally(() => this.sink.close())
    }
    for (const text of this.levels.notes()) note(text)
    if (!signal.aborted) this.refuseUnreadable()
    if (output !== undefined) {
      process.stdout.write(json ? `${JSON.stringify({ output, ...this.counts })}\n` : countsText(this.counts, output))
    } else if (this.counts.broken > 0)
      note(`${this.counts.broken} of ${this.reader.snapshot().line} lines cannot be read`)
  }

  /** A stream without a single readable line is an error, not a quiet day. */
  private refuseUnreadable(): void {
    const { rows, broken } = this.counts
    if (rows > 0 || broken === 0) return
    const lines = broken === 1 ? 'the only line' : `each of the ${broken} lines`
    const message = `${lines} cannot be read (the first: ${this.firstBroken}); --decimal and --delimiter set how numbers and cells are written`
    throw new Refusal([{ path: this.settings.rows, message }])
  }

  /** Reads lines while the ones before are still being judged. */
  private async take({ lines, bytes }: Lines): Promise<void> {
    if (lines.length === 0) return
    const readings = await this.reader.read(lines)
    this.checkNames()
    const clock = this.clock.add(readings)
    const judged = this.watcher.watch(readings.values, readings.rows)
    const before = this.written
    const [broken] = this.settings.strict ? readings.broken : []
    this.offset += broken === undefined ? bytes : bytesOf(lines.slice(0, readings.taken))
    const said = broken === undefined ? readings : { ...readings, broken: [] }
    this.written = before.then(async () => {
      const verdicts = await judged
      this.counts = plus(this.counts, said, verdicts, clock)
      this.tell(said.broken)
      for (const { column, level } of said.newLevels) this.levels.see(column, short(level))
      await this.sink.write(verdictLines(said, verdicts, clock, this.answers))
    })
    // The next commit or line awaits it and reports what went wrong.
    this.written.catch(() => undefined)
    await before
    if (broken === undefined) return
    await this.written
    throw new Refusal([{ path: `${this.settings.rows} line ${broken.line}`, message: broken.message }])
  }

  private async commit(): Promise<void> {
    await this.written
    const { output, rows } = this.settings
    this.committedAt = performance.now()
    if (output === undefined) return
    await this.sink.flush()
    if (!this.headIsWhole && rows !== '-') {
      this.head = await headOf(rows, this.offset)
      this.headIsWhole = this.offset >= HEAD_BYTES
    }
    await writeState(output, {
      version: 1,
      judge: this.judge,
      input: rows,
      offset: this.offset,
      head: this.head,
      length: this.sink.length(),
      reader: this.reader.snapshot(),
      clock: this.clock.snapshot(),
      counts: this.counts,
      watcher: this.watcher.snapshot(),
    })
  }

  /** The first broken lines are reported at once; all of them are in the output. */
  private tell(broken: readonly Broken[]): void {
    for (const { line, message } of broken) {
      this.firstBroken ||= message
      if (this.told++ < MOST_TOLD) note(`line ${line}: ${message}`)
    }
  }

  /** A column that a CSV lacks is missing in each of its rows: more likely a mistake than a broken sensor. */
  private checkNames(): void {
    const names = this.namesChecked ? null : this.reader.names()
    if (names === null) return
    this.namesChecked = true
    const { columns } = this.reader
    const absent = columns.filter((name) => !names.includes(name))
    if (absent.length === columns.length) {
      throw new Refusal(
        absent.map((name) => ({
          path: this.settings.rows,
          message: `expected a column named ${JSON.stringify(name)}, found ${names.slice(0, 20).join(', ')}`,
        })),
      )
    }
    for (const name of absent)
      note(`${this.settings.rows} has no column ${JSON.stringify(name)}: its values count as missing`)
  }
}

const MOST_TOLD = 5

/** The bytes of whole lines, with their line ends. */
function bytesOf(lines: readonly (string | null)[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line ?? '') + 1, 0)
}
