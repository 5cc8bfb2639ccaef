import { readElf } from './elf.ts'

/**
 * What keeps a file from being a whole shared library of Linux, such as "a truncated file that lacks 12 bytes": null for a whole
 * one, and for a file of any other kind. The system's loader maps what the headers promise without looking at the file's length,
 * and touching a page that is not there ends the process. Throws where the file cannot be read.
 */
export function damageOf(path: string): string | null {
  return readElf(path)?.damage ?? null
}
