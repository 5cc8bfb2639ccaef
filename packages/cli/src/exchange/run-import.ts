import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { CELLS, type Lattice, SHAPES } from '@som/core'
import {
  type Codebook,
  checkWritable,
  decodeKohonen,
  decodeMiniSom,
  decodeSomPak,
  decodeWeights,
  openTable,
  readSamples,
  selectColumns,
  somOf,
  writeModel,
} from '@som/io'
import { complain, issuesIn, operands, orRefuse, refuseAny, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import Result from 'true-myth/result'
import type { ImportFlags } from '../command-flags/import-flags.ts'
import { Flags } from '../flags.ts'

const PROGRAMS = ['som-pak', 'esom', 'minisom', 'kohonen'] as const
type Program = (typeof PROGRAMS)[number]
const BY_NAME: Readonly<Record<string, Program>> = {
  '.cod': 'som-pak',
  '.wts': 'esom',
  '.npy': 'minisom',
  '.csv': 'kohonen',
}

/** Runs `som import`; gives the exit code. */
export async function runImport(command: Parameters<typeof operands>[0], flags: ImportFlags): Promise<number> {
  const files = operands(command, ['file'], 'som import map.cod -o map.som')
  const read = new Flags()
  const file = files.isOk ? files.value[0] : ''
  const program = read.choice('--from', flags.from, PROGRAMS) ?? BY_NAME[extname(file).toLowerCase()]
  const cell = read.choice('--lattice', flags.lattice, CELLS)
  const shape = read.choice('--shape', flags.shape, SHAPES)
  const size = read.pair('--size', flags.size, /x/i, 'rows x columns of units, for example 10x14', false)
  if (file !== '' && program === undefined && flags.from === undefined) {
    read.add('--from', `expected one of ${PROGRAMS.join(', ')}; the name ${basename(file)} does not show which`)
  }
  if (program === 'kohonen' && flags.size === undefined)
    read.add('--size', "is required: kohonen's file does not say how large the grid is")
  if (files.isErr || program === undefined || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const output = flags.output ?? `${basename(file, extname(file))}.som`
  const grid = {
    cell: cell ?? 'rectangular',
    shape: shape ?? 'sheet',
    rows: size?.[0] ?? 0,
    columns: size?.[1] ?? 0,
  } as const
  return untilRefused(async () => {
    orRefuse(await checkWritable(output))
    const found = await codebookIn(file, program, grid)
    const codebook = orRefuse(found.mapErr((message) => [{ path: file, message }]))
    const features = read.names(flags.names) ?? codebook.features
    if (features.length !== codebook.features.length) {
      refuseAny([{ path: '--names', message: `expected ${codebook.features.length} names, found ${features.length}` }])
    }
    const lattice = { ...codebook.lattice, ...(cell && { cell }), ...(shape && { shape }) }
    orRefuse(await writeModel(output, somOf({ ...codebook, features, lattice }, program)))
    const { rows, columns } = lattice
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ output, lattice, features })}\n`
        : `${rows} x ${columns} units of ${features.length} features, ${lattice.cell} ${lattice.shape}\nwritten to  ${output}\n`,
    )
    return EXIT.done
  })
}

async function codebookIn(file: string, program: Program, grid: Lattice): Promise<Result<Codebook, string>> {
  if (program === 'kohonen') return kohonenIn(file, grid)
  try {
    const bytes = await readFile(file)
    if (program === 'minisom') return decodeMiniSom(bytes, grid)
    return program === 'esom' ? decodeWeights(bytes.toString()) : decodeSomPak(bytes.toString())
  } catch (error) {
    return Result.err(`cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function kohonenIn(file: string, grid: Lattice): Promise<Result<Codebook, string>> {
  const table = orRefuse(await openTable(file))
  try {
    const selection = orRefuse(selectColumns(table, {}))
    const { features, rows, data } = orRefuse(await readSamples(table, selection))
    const codes = Array.from({ length: rows }, (_, i) =>
      Array.from(data.subarray(i * features.length, (i + 1) * features.length)),
    )
    return decodeKohonen(features, codes, grid)
  } finally {
    table.close()
  }
}
