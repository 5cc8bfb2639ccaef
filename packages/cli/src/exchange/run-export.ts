import { extname } from 'node:path'
import { type Som, uMatrix } from '@som/core'
import {
  checkWritable,
  codebookOf,
  encodeCodebookCsv,
  encodeCodebookNpy,
  encodeHeights,
  encodeOnnx,
  encodeSomPak,
  encodeWeights,
  readModel,
  TABLE_FORMATS,
  writeAside,
  writeCsvAs,
} from '@som/io'
import { complain, issuesIn, note, operands, orRefuse, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { ExportFlags } from '../command-flags/export-flags.ts'

type Encoder = (som: Som, units: 'user' | 'preprocessed') => string | Uint8Array

/** The formats that can be written, by file extension. A new format is a row here. */
const FORMATS: Readonly<Record<string, Encoder | undefined>> = {
  '.onnx': (som) => orRefuse(encodeOnnx(som)),
  '.cod': (som, units) => encodeSomPak(codebookOf(som, units)),
  '.wts': (som, units) => encodeWeights(codebookOf(som, units)),
  '.umx': (som) => encodeHeights(som, uMatrix(som)),
  '.npy': (som, units) => encodeCodebookNpy(codebookOf(som, units)),
}

/** Formats that cannot express wrapped shapes. */
const SHEETS_ONLY = ['.cod', '.wts', '.umx']

/** Runs `som export`; gives the exit code. */
export async function runExport(command: Parameters<typeof operands>[0], flags: ExportFlags): Promise<number> {
  const files = operands(command, ['map'], 'som export map.som -o map.onnx')
  const { output = '' } = flags
  const kind = extname(output).toLowerCase()
  const encode = FORMATS[kind]
  const isKnown = encode !== undefined || TABLE_FORMATS.includes(kind)
  if (files.isErr || !isKnown) {
    const known = [...Object.keys(FORMATS), ...TABLE_FORMATS].join(', ')
    const issue = {
      path: '--output',
      message: `expected a name that ends in one of ${known}, found ${output || 'none'}`,
    }
    complain([...issuesIn(files), ...(isKnown ? [] : [issue])])
    return EXIT.usage
  }
  return untilRefused(async () => {
    orRefuse(await checkWritable(output))
    const som = orRefuse(await readModel(files.value[0]))
    const units = flags.preprocessed ? 'preprocessed' : 'user'
    if (encode === undefined) {
      const csv = encodeCodebookCsv(codebookOf(som, units))
      const names = ['unit', 'unit_row', 'unit_column', ...som.features.map(({ name }) => name)]
      orRefuse(await writeCsvAs(output, { names, types: [] }, (put) => put(csv)))
    } else orRefuse(await writeAside(output, (put) => put(encode(som, units))))
    if (SHEETS_ONLY.includes(kind) && som.lattice.shape !== 'sheet') {
      note(`${kind} cannot express wrapped shapes: the ${som.lattice.shape} is written as a sheet`)
    }
    process.stdout.write(flags.json ? `${JSON.stringify({ output })}\n` : `written to  ${output}\n`)
    return EXIT.done
  })
}
