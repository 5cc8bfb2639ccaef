import { ProblemError } from './problem.ts'

/** How large a file may become that is fetched or unpacked. */
export interface FileLimit {
  /** The most bytes. */
  readonly bytes: number
  /**
   * How many times its packed size a file may have once it is unpacked; a smaller one than `FREE_BYTES` may have any.
   */
  readonly ratio: number
}

/** Tables are rarely packed to less than a hundredth of their size. */
const USUAL: FileLimit = { bytes: 16 * 2 ** 30, ratio: 200 }
const FREE_BYTES = 64 * 2 ** 20

/**
 * The limit where its user says how many bytes there may be, or the usual one. Who says it trusts the file: no ratio
 * counts then.
 */
export function fileLimit(bytes: number | undefined, usual: number = USUAL.bytes): FileLimit {
  return bytes === undefined ? { bytes: usual, ratio: USUAL.ratio } : { bytes, ratio: Number.POSITIVE_INFINITY }
}

/** Throws a ProblemError where `found` bytes are too many, of a file of `packed` bytes where it is unpacked. */
export function checkSize(found: number, { bytes, ratio }: FileLimit, shown: string, packed?: number): void {
  const tooMany = (most: string): ProblemError =>
    new ProblemError(
      'not-readable',
      shown,
      `expected at most ${most}, found more; where that is right, raise it by --file-limit`,
    )
  const what = packed === undefined ? '' : ' unpacked'
  if (found > bytes) throw tooMany(`${sizeOf(bytes)}${what}`)
  if (packed !== undefined && found > FREE_BYTES && found > ratio * packed)
    throw tooMany(`${ratio} times its size${what}`)
}

/** The chunks as they come, until they are too many. */
export async function* withinLimit(
  chunks: AsyncIterable<Uint8Array>,
  limit: FileLimit,
  shown: string,
  packed?: number,
): AsyncGenerator<Uint8Array> {
  let found = 0
  for await (const chunk of chunks) {
    found += chunk.length
    checkSize(found, limit, shown, packed)
    yield chunk
  }
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

function sizeOf(bytes: number): string {
  const at = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return `${Number((bytes / 2 ** (10 * at)).toFixed(1))} ${UNITS[at]}`
}
