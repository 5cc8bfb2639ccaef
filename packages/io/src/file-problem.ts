import { ProblemError, type ProblemKind } from './problem.ts'

/** Describes a file system failure in words, with what to do about it. Other errors are returned unchanged. */
export function fileProblem(error: unknown, path: string, doing: 'read' | 'write'): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error
  const known = FILE_PROBLEMS[String(error.code)]?.[doing]
  if (known) return new ProblemError(known[0], path, known[1])
  return new ProblemError(doing === 'read' ? 'not-readable' : 'not-writable', path, error.message)
}

/** The message for a DuckDB out-of-memory error; null for any other error. */
export function memoryProblem({ message }: Error, shown: string): ProblemError | null {
  if (!/could not allocate|Out of Memory/i.test(message)) return null
  return new ProblemError('not-readable', shown, 'not enough memory to read it; allow more, or choose fewer columns')
}

type Told = readonly [ProblemKind, string]

/** The failures that users meet, by system error code. */
const FILE_PROBLEMS: Record<string, { readonly read: Told; readonly write: Told }> = {
  ENOENT: {
    read: ['not-found', 'no such file; check the path'],
    write: ['not-writable', 'no such folder to write into; create it first'],
  },
  ENOTDIR: {
    read: ['not-found', 'part of the path is a file, not a folder; check the path'],
    write: ['not-writable', 'part of the path is a file, not a folder; check the path'],
  },
  EISDIR: {
    read: ['not-readable', 'expected a file, found a folder'],
    write: ['not-writable', 'expected a file name, found a folder; name a file inside it'],
  },
  EACCES: {
    read: ['not-readable', 'no permission to read the file; change its permissions'],
    write: ['not-writable', 'no permission to write into the folder; choose another'],
  },
  EPERM: {
    read: ['not-readable', 'no permission to read the file; change its permissions'],
    write: ['not-writable', 'no permission to write here; choose another place'],
  },
  EROFS: {
    read: ['not-readable', 'read-only file system'],
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
