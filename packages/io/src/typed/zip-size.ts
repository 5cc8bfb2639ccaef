import { ProblemError } from '../problem.ts'

const [END, ENTRY] = [0x06054b50, 0x02014b50]
/** The end of a zip file's directory may have a remark behind it. */
const MOST_REMARK = 2 ** 16

/**
 * Bytes that all files within a zip file have once they are unpacked, as its directory says; an unpacker that goes by
 * the directory writes no more. PKWARE, .ZIP File Format Specification, 4.3.12 and 4.3.16. Throws a ProblemError.
 */
export function unzippedSize(bytes: Uint8Array, shown: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wrong = (): ProblemError =>
    new ProblemError('not-a-table', shown, 'expected a whole Excel workbook (.xlsx), found a damaged or another file')
  let end = bytes.length - 22
  const last = Math.max(0, end - MOST_REMARK)
  while (end >= last && view.getUint32(end, true) !== END) end--
  if (end < last || end < 0) throw wrong()
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let size = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) throw wrong()
    size += view.getUint32(at + 24, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return size
}
