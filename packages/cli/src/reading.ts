import type { Reading } from '@som/io'
import { defined } from './defined.ts'
import type { Flags } from './flags.ts'

/** The flags of every command that reads a table, as the user wrote them. */
export interface ReadingFlags {
  readonly decimal?: string
  readonly delimiter?: string
  readonly missing?: string[]
  readonly firstIndex?: string
  readonly sheet?: string
  readonly fileLimit?: string
}

const DECIMALS = ['.', ','] as const
const FIRST_INDICES = ['0', '1'] as const
/** Delimiters that are hard to write in a shell. */
const NAMED: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|' }

/** How to read a table, from the flags. */
export function readingOf(read: Flags, flags: ReadingFlags): Reading {
  const firstIndex = read.choice('--first-index', flags.firstIndex, FIRST_INDICES)
  const delimiter = flags.delimiter === undefined ? undefined : (NAMED[flags.delimiter] ?? flags.delimiter)
  if (delimiter !== undefined && delimiter.length !== 1)
    read.add('--delimiter', `expected one character, or tab, found ${JSON.stringify(flags.delimiter)}`)
  return defined({
    decimal: read.choice('--decimal', flags.decimal, DECIMALS),
    delimiter,
    missing: read.names(flags.missing),
    sheet: sheetOf(flags.sheet),
    mostBytes: read.bytes('--file-limit', flags.fileLimit, 2 ** 20),
    firstIndex: firstIndex === undefined ? undefined : firstIndex === '0' ? (0 as const) : (1 as const),
  })
}

/** A number is the sheet's place from 1. */
function sheetOf(text: string | undefined): string | number | undefined {
  return text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : text
}
