import {
  type EmbeddingOptions,
  type EmbeddingSom,
  embedIn,
  fitEmbedding,
  LANDMARKS,
  LAYOUTS,
  landmarkMap,
  type PlacedByUnits,
  type PreparedRows,
  placeByUnitsIn,
  placeColumns,
  type Som,
} from '@som/core'
import type { Session } from '@som/core/backend'
import { checkWritable, writeModel } from '@som/io'
import { note, type operands, orRefuse, refuseAny } from '@som/server/command'
import type { EmbedFlags } from '../command-flags/embed-flags.ts'
import { defined } from '../defined.ts'
import { Flags } from '../flags.ts'
import { answerRowsOf, type Source } from '../match/answer-rows.ts'
import { answersBeside } from '../match/units-beside.ts'
import { readForMap } from '../read-for-map.ts'
import { shareOn } from '../train/progress.ts'
import { embeddingText } from './embedding-text.ts'

/** Runs `som embed`; gives the exit code. */
export function runEmbed(command: Parameters<typeof operands>[0], flags: EmbedFlags): Promise<number> {
  const read = new Flags()
  const layout = read.choice('--layout', flags.layout, LAYOUTS)
  const landmarks = read.integer('--landmarks', flags.landmarks, ...LANDMARKS)
  const asked = flags.fit !== undefined || layout !== undefined || landmarks !== undefined
  if (flags.embedsom)
    for (const name of ['keep', 'fit', 'layout', 'landmarks'] as const)
      if (flags[name] !== undefined) read.add(`--${name}`, 'fits a plane, and --embedsom needs none')
  const options: EmbeddingOptions = defined({ layout, landmarks })
  return answerRowsOf(command, flags, read, {
    doing: 'placing',
    nothing: 'no place',
    example: 'som embed map.som data.csv -o places.csv',
    refuses: () => [],
    async ready(som, source) {
      if (flags.embedsom) {
        if (som.metric !== 'euclidean')
          refuseAny([{ path: '--embedsom', message: 'expected a map with the euclidean metric' }])
        return som
      }
      if (flags.keep !== undefined) orRefuse(await checkWritable(flags.keep))
      const placing = som.embedding !== undefined && !asked ? som : await fitted(som, options, source)
      if (flags.keep !== undefined) orRefuse(await writeModel(flags.keep, placing))
      else if (placing !== som && !flags.json)
        note(`the plane is not kept; to keep it for new rows: --keep ${source.map}`)
      return placing
    },
    beside: (som, backend, prefix, onRows) => {
      if (flags.embedsom) {
        const find = (session: Session, rows: PreparedRows): Promise<PlacedByUnits> =>
          placeByUnitsIn(session, som, rows)
        return answersBeside(som, backend, prefix, placeColumns(), find, onRows)
      }
      // `ready` gives no map without one.
      const placing = som as EmbeddingSom
      const find = (session: Session, rows: PreparedRows): Promise<PlacedByUnits> => embedIn(session, placing, rows)
      const map = { ...som, ...landmarkMap(som, placing.embedding.landmarks) }
      return answersBeside(map, backend, prefix, placeColumns(), find, onRows)
    },
  })
}

/** The map with a plane fitted to the rows of the table. */
async function fitted(som: Som, options: EmbeddingOptions, { table, reading, backend, json }: Source): Promise<Som> {
  const isByRows = (options.layout ?? 'rows') === 'rows'
  if (isByRows && table === '-')
    refuseAny([
      {
        path: 'table',
        message:
          'expected a file, found standard input, which can be read only once; fitting reads rows first and places them then',
      },
    ])
  const rows = isByRows ? await readForMap(table, som, {}, reading) : null
  const progress = shareOn(process.stderr, 'fitting a plane')
  const found = await fitEmbedding(som, rows, options, { backend, progress: progress.show }).finally(progress.clear)
  const fitting = orRefuse(
    found.mapErr((issues) =>
      issues.map(({ path, message }) => ({ path: path === 'samples' ? table : `--${path}`, message })),
    ),
  )
  if (fitting.embedding && !json) note(`fitted a plane: ${embeddingText(fitting.embedding)}`)
  return fitting
}
