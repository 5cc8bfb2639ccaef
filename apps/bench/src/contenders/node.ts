import { join } from 'node:path'
import type { Contender } from '../contender.ts'
import { programFolder } from '../paths.ts'

/** A contender written in TypeScript: a compiled program of `src/programs`, run by this Node. */
export function nodeContender(
  contender: Omit<Contender, 'start'> & { readonly program: string; readonly args?: readonly string[] },
): Contender {
  const { program, args = [], ...rest } = contender
  return {
    ...rest,
    start: () => ({ command: [process.execPath, join(programFolder, program), ...args] }),
  }
}
