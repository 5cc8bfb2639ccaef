import { embedPrepared, type Issue, type MatchRuntime, matchPrepared, prepareRows, type Som, suggest } from '@som/core'
import { checkWritable, type Reading, readModel, writeAside } from '@som/io'
import {
  COLOUR_MAPS,
  PICTURES,
  type Picture,
  type Pictured,
  type PicturedRows,
  pictureNamed,
  RANGE_FORM,
  rangeFrom,
  SCALES,
  type TerminalColours,
} from '@som/plot'
import {
  backendOf,
  complain,
  issuesIn,
  operands,
  orRefuse,
  Refusal,
  refuseAny,
  runnerOf,
  untilRefused,
} from '@som/server/command'
import { EXIT, hasColour } from '@som/server/program'
import type { PlotFlags } from '../command-flags/plot-flags.ts'
import { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { readForMap } from '../read-for-map.ts'
import { readingOf } from '../reading.ts'
import { runningOf } from '../running.ts'
import { counted } from '../text.ts'
import { whileSaying } from '../train/progress.ts'
import { pngOf } from './png.ts'

/** Runs `som plot`; gives the exit code. */
export async function runPlot(command: Parameters<typeof operands>[0], flags: PlotFlags): Promise<number> {
  const kind = pictureNamed(command.args[0] ?? '')
  const needsTable = kind?.of === 'rows'
  const names = ['kind', 'map', ...(needsTable ? ['table'] : [])]
  const files = operands(
    command,
    names,
    `som plot ${command.args[0] ?? 'u-matrix'} map.som${needsTable ? ' data.csv' : ''} -o plot.svg`,
  )
  const read = new Flags()
  const settings = {
    ...runningOf(read, flags),
    colours: read.choice('--colours', flags.colours, COLOUR_MAPS),
    scale: read.choice('--scale', flags.scale, SCALES),
    range: flags.range === undefined ? null : rangeFrom(flags.range),
    size: read.integer('--size', flags.size, 40, 20_000),
  } as const
  if (files.isOk && kind === null) read.issues.push(noSuchKind(files.value[0]))
  if (flags.range !== undefined && settings.range === null) {
    read.add('--range', `expected ${RANGE_FORM}, found ${JSON.stringify(flags.range)}`)
  }
  if (kind?.hasColours === false) {
    for (const name of ['colours', 'scale', 'range'] as const) {
      if (flags[name] !== undefined) read.add(`--${name}`, `is for values as colours, and ${command.args[0]} has none`)
    }
  }
  if (kind?.isOfFeature && flags.feature === undefined) read.add('--feature', 'expected a feature, found none')
  if (kind !== null && !kind.isOfTarget && flags.target !== undefined)
    read.add('--target', `is for predictions, and ${command.args[0]} shows none`)
  if (kind?.hasLabels && flags.label === undefined) read.add('--label', 'expected a column, found none')
  if (kind?.onPlane && flags.feature !== undefined && flags.label !== undefined)
    read.add('--feature', 'expected a feature or --label, found both')
  if (flags.json && flags.output === undefined) read.add('--json', 'needs --output: standard output holds the plot')
  if (flags.output !== undefined && !/\.(svg|png)$/i.test(flags.output)) {
    read.add('--output', `expected a name that ends in .svg or .png, found ${JSON.stringify(flags.output)}`)
  }
  const reading = readingOf(read, flags)
  if (files.isErr || kind === null || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [, map, table] = files.value
  const work = async (): Promise<number> => {
    if (flags.output !== undefined) orRefuse(await checkWritable(flags.output))
    const som = orRefuse(await readModel(map))
    checkMap(kind, som, flags, map)
    const backend = await backendOf(settings.backend, settings.threads)
    orRefuse(runnerOf(backend, som))
    const { title } = flags
    const { colours, scale, range, size } = settings
    const pictured: Pictured = {
      som,
      options: {
        ...(title !== undefined && { title }),
        ...(colours && { colours }),
        ...(scale && { scale }),
        ...(range && { range }),
        ...(size && { size }),
      },
      ...(flags.feature !== undefined && { feature: flags.feature }),
      ...(flags.target !== undefined && { target: flags.target }),
      between: flags.between ?? false,
    }
    await draw(
      kind,
      table === undefined
        ? pictured
        : await withRows(pictured, table, flags, reading, { backend }, kind.onPlane === true),
      flags,
    )
    return EXIT.done
  }
  return untilInterrupted(() => untilRefused(work))
}

async function withRows(
  pictured: Pictured,
  table: string,
  { label }: PlotFlags,
  reading: Reading,
  runtime: MatchRuntime,
  isOnPlane: boolean,
): Promise<PicturedRows> {
  const { som } = pictured
  const samples = await readForMap(table, som, { label }, reading)
  const rows = orRefuse(prepareRows(som, samples))
  const matches = await whileSaying(`matching ${counted(samples.rows, 'row')}`, () => matchPrepared(som, rows, runtime))
  const { embedding } = som
  const places = embedding && isOnPlane ? (await embedPrepared({ ...som, embedding }, rows, runtime)).place : undefined
  return { ...pictured, rows, matches, ...(samples.labels && { labels: samples.labels }), ...(places && { places }) }
}

async function draw(kind: Picture, subject: Pictured | PicturedRows, { output, json }: PlotFlags): Promise<void> {
  if (output === undefined && kind.text !== undefined && process.stdout.isTTY) {
    const { colours, scale, range } = subject.options ?? {}
    const terminal = { width: process.stdout.columns || 80, terminal: terminalColours() }
    const { text } = kind
    process.stdout.write(await drawn(() => text(subject, { colours, scale, range, ...terminal })))
    return
  }
  // A picture of rows has a table, which is one of its operands.
  const svg = await drawn(() => kind.svg(subject as PicturedRows))
  if (output === undefined) {
    process.stdout.write(svg)
    return
  }
  const bytes = /\.png$/i.test(output) ? await pngOf(svg) : svg
  orRefuse(await writeAside(output, (put) => put(bytes)))
  process.stdout.write(json ? `${JSON.stringify({ output })}\n` : `written to  ${output}\n`)
}

/** A plot that cannot be drawn throws a RangeError that says why. */
async function drawn(draw: () => string | Promise<string>): Promise<string> {
  try {
    return await draw()
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal([{ path: '', message: error.message }])
    throw error
  }
}

function checkMap(kind: Picture, som: Som, { feature }: PlotFlags, map: string): void {
  const names = som.features.map(({ name }) => name)
  const lack = kind.lacks?.(som) ?? null
  if (lack !== null) {
    const hints: Readonly<Record<string, string>> = {
      clusters: `; to add them: som cluster ${map} -o ${map}`,
      targets: `; to add them: som train data.csv --target <column> -o ${map}`,
      plane: `; to fit one: som embed ${map} data.csv -o places.csv --keep ${map}`,
    }
    const hint = hints[lack] ?? ''
    refuseAny([{ path: map, message: `has no ${lack}${hint}` }])
  }
  const shows = kind.isOfFeature || (kind.onPlane && feature !== undefined)
  if (shows && !names.includes(feature ?? '')) {
    const near = suggest(feature ?? '', names)
    const hint = near === undefined ? `expected one of ${names.slice(0, 12).join(', ')}` : `did you mean ${near}?`
    refuseAny([{ path: '--feature', message: `no such feature: ${JSON.stringify(feature)}; ${hint}` }])
  }
}

function noSuchKind(found: string): Issue {
  const kinds = Object.keys(PICTURES)
  const near = suggest(found, kinds)
  return {
    path: 'kind',
    message: `expected one of ${kinds.join(', ')}, found ${JSON.stringify(found)}${near ? `; did you mean ${near}?` : ''}`,
  }
}

/** What the terminal can show: no colours where `--color` or NO_COLOR asks for none. */
function terminalColours(): TerminalColours {
  if (!hasColour(process.stdout)) return 'none'
  return /truecolor|24bit/.test(process.env.COLORTERM ?? '') ? 'truecolour' : '256'
}
