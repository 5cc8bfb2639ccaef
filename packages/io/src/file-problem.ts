import { ProblemError, type ProblemKind } from './problem.ts'

/** A failure of the file system in words: what was found and what would do. Errors that are not of the file system are returned as they are. */
export function fileProblem(error: unknown, path: string, doing: 'read' | 'write'): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error
  const known = FILE_PROBLEMS[String(error.code)]?.[doing]
  if (known) return new ProblemError(known[0], path, known[1])
  return new ProblemError(doing === 'read' ? 'not-readable' : 'not-writable', path, error.message)
}

/** What DuckDB says where it has too little memory, in our words; null of any other error. */
export function memoryProblem({ message }: Error, shown: string): ProblemError | null {
  if (!/could not allocate|Out of Memory/i.test(message)) return null
  return new ProblemError(
    'not-readable',
    shown,
    'expected more memory for reading it; give more, or choose fewer columns',
  )
}

type Told = readonly [ProblemKind, string]

/** The failures that users meet, by the system's code. */
const FILE_PROBLEMS: Record<string, { readonly read: Told; readonly write: Told }> = {
  ENOENT: {
    read: ['not-found', 'expected a file, found nothing by this name; check the path'],
    write: ['not-writable', 'expected an existing folder to write into, found none; make it first'],
  },
  ENOTDIR: {
    read: ['not-found', 'expected a folder before the file name, found a file; check the path'],
    write: ['not-writable', 'expected a folder before the file name, found a file; check the path'],
  },
  EISDIR: {
    read: ['not-readable', 'expected a file, found a folder'],
    write: ['not-writable', 'expected a file name, found a folder; name a file inside it'],
  },
  EACCES: {
    read: ['not-readable', 'no permission to read the file; change its permissions'],
    write: ['not-writable', 'expected a folder we may write into, found no permission; choose another'],
  },
  EPERM: {
    read: ['not-readable', 'no permission to read the file; change its permissions'],
    write: ['not-writable', 'no permission to write here; choose another place'],
  },
  EROFS: {
    read: ['not-readable', 'the file system could not be read'],
    write: ['not-writable', 'read-only file system; choose another place'],
  },
  ENOSPC: {
    read: ['not-readable', 'the file system is full'],
    write: ['disk-full', 'disk full; free some space or choose another place'],
  },
  EDQUOT: {
    read: ['not-readable', 'the disk quota is used up'],
    write: ['disk-full', 'disk quota used up; free some space or choose another place'],
  },
  ENAMETOOLONG: {
    read: ['not-found', 'the name is too long for a file'],
    write: ['not-writable', 'the name is too long for a file; choose a shorter one'],
  },
}
