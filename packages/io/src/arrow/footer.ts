import { FlatBuffer } from './flat-buffer.ts'
import { MOST_HEADER_BYTES } from './message.ts'
import { NotArrow } from './not-arrow.ts'

const MAGIC = new TextEncoder().encode('ARROW1')
/** The part of a message before its header: its root, the positions of its first four fields, and those fields. */
const FRONT = 48
/** Where the vtable and the table are in it. */
const [VTABLE, TABLE] = [4, 16]

/**
 * The schema at the end of an Arrow file, as the message that a stream begins with: its header lies in the bytes of the
 * footer, since flatbuffer offsets are relative. Throws `NotArrow` if the file has no footer.
 * https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format
 */
export function schemaOfFooter(file: Uint8Array): Uint8Array {
  const end = file.length - MAGIC.length
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const length = end >= 4 && MAGIC.every((byte, i) => file[end + i] === byte) ? view.getInt32(end - 4, true) : 0
  if (length < 8 || length > MOST_HEADER_BYTES || length > end - 4) throw new NotArrow('a file without a schema')
  const footer = file.subarray(end - 4 - length, end - 4)
  const schema = new FlatBuffer(footer).root().table(1)
  if (schema === null) throw new NotArrow('a file without a schema')
  const message = new Uint8Array(FRONT + footer.length)
  message.set(footer, FRONT)
  const out = new DataView(message.buffer)
  out.setUint32(0, TABLE, true)
  // The sizes of the vtable and of the table, then where each field is: version, type of header, header, length of
  // body.
  for (const [i, size] of [12, 24, 4, 6, 8, 16].entries()) out.setUint16(VTABLE + 2 * i, size, true)
  out.setInt32(TABLE, TABLE - VTABLE, true)
  out.setInt16(TABLE + 4, VERSION_5, true)
  out.setUint8(TABLE + 6, SCHEMA)
  out.setUint32(TABLE + 8, FRONT + schema.start - (TABLE + 8), true)
  return message
}

const [VERSION_5, SCHEMA] = [4, 1]
