import { readElf } from './elf.ts'

/**
 * How many bytes a shared library of Linux lacks: 0 when it is whole, and for any other file. The system's loader maps what the
 * headers promise without looking at the file's length, and touching a page that is not there ends the process.
 */
export function missingBytes(path: string): number {
  const elf = readElf(path)
  return elf === null ? 0 : Math.max(0, elf.promised - elf.size)
}
