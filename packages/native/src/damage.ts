import { readElf } from './elf.ts'

/**
 * What is wrong with a Linux shared library, for example "a truncated file that lacks 12 bytes"; null for an intact
 * one, and for any other kind of file. The system's loader maps what the headers promise without checking the file's
 * length, and touching a missing page kills the process. Throws if the file cannot be read.
 */
export function damageOf(path: string): string | null {
  return readElf(path)?.damage ?? null
}
