import { type Backend, type Issue, type Som, trainEpochs } from '@som/core'
import {
  checkSpreadOptions,
  type Found,
  type Pass,
  packNumbers,
  planSpread,
  type SpreadSamples,
  spreadChunkRows,
  unpackNumbers,
} from '@som/core/spread'
import { decodeModel, encodeModel } from '@som/io'
import { orRefuse, Refusal, refuseAny } from '@som/server/command'
import { encodeFrame, type Frame, type FrameReader, NotFrames } from './frames.ts'

/** What a frame holds that asks for training. */
interface TrainHead {
  readonly columns: readonly string[]
  readonly options?: Readonly<Record<string, unknown>>
  /** What the map that comes with it is: the run to continue, or the start of a new one. */
  readonly given?: 'resume' | 'from'
  readonly checkpointEvery?: number
}

/** What a frame holds that answers a pass: what was found, and the lengths of its bytes, in order. */
interface FoundHead {
  readonly found: readonly (Omit<Found, 'value'> & { readonly bytes: number })[]
}

/**
 * Trains a map, asking whoever sent the frame for passes over the rows, one frame each way at a time. The last frame
 * has the map.
 */
export async function* lead({ head, bytes }: Frame, frames: FrameReader, backend: Backend): AsyncGenerator<Uint8Array> {
  const { columns, options = {}, given, checkpointEvery } = head as unknown as TrainHead
  const asked = new Exchange()
  const origin = given && { [given]: orRefuse(decodeModel(bytes, given)) }
  // Before anybody counts rows.
  refuseAny(checkSpreadOptions({ ...options, ...origin, samples: { features: columns } }))
  const run = async (): Promise<Som> => {
    const chunkRows = spreadChunkRows(columns.length, { ...origin })
    const { rows } = (await asked.ask({ need: 'rows', chunkRows })).head as unknown as { rows: number }
    const samples: SpreadSamples = {
      features: columns,
      rows,
      async pass({ numbers, ...pass }: Pass) {
        return foundIn(await asked.ask({ need: 'pass', pass: { ...pass, rows } }, packNumbers(numbers)))
      },
    }
    const planned = orRefuse(await planSpread({ ...options, ...origin, samples }))
    const refusal = backend.rejects(planned.task)
    if (refusal !== null) throw new Refusal([{ path: 'backend', message: refusal }])
    const epochs = trainEpochs(planned, { backend })
    for (;;) {
      const next = await epochs.next()
      if (next.done) return next.value
      const { record, epochs: all, snapshot } = next.value
      const isDue = checkpointEvery !== undefined && record.epoch % checkpointEvery === 0 && record.epoch < all
      await asked.ask({ need: 'epoch', record, epochs: all }, isDue ? mapBytes(await snapshot()) : undefined)
    }
  }
  const ended = run()
  // Whoever reads the frames hears of it below.
  ended.catch(() => undefined).then(() => asked.close())
  for await (const { question, answer } of asked.questions()) {
    yield* question
    const frame = await frames.next()
    if (frame === null) throw new NotFrames('the stream ended before the map was trained')
    answer(frame)
  }
  yield* encodeFrame({ map: true }, mapBytes(await ended))
}

/** The frame of issues. */
export const refusedFrame = (issues: readonly Issue[]): Uint8Array[] => encodeFrame({ refused: issues })

const mapBytes = (som: Som): Uint8Array => Buffer.concat(orRefuse(encodeModel(som)))

function foundIn({ head, bytes }: Frame): Found[] {
  let at = 0
  return (head as unknown as FoundHead).found.map(({ bytes: length, ...node }) => {
    at += length
    return { ...node, value: unpackNumbers(bytes.subarray(at - length, at)) }
  })
}

interface Asked {
  readonly question: readonly Uint8Array[]
  answer(frame: Frame): void
}

/** Questions of a run, one at a time, for the one who passes them on. */
class Exchange {
  private waiting: Asked | undefined
  private isClosed = false
  private wake = (): void => {}

  ask(head: object, bytes?: Uint8Array): Promise<Frame> {
    return new Promise((answer) => {
      this.waiting = { question: encodeFrame(head, bytes), answer }
      this.wake()
    })
  }

  close(): void {
    this.isClosed = true
    this.wake()
  }

  async *questions(): AsyncGenerator<Asked> {
    for (;;) {
      const { waiting } = this
      if (waiting !== undefined) {
        this.waiting = undefined
        yield waiting
      } else if (this.isClosed) return
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
    }
  }
}
