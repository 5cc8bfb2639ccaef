import Result from 'true-myth/result'

/**
 * Numbers of NumPy's own file format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: version
 * 1.0, C order.
 */
export interface Npy {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0)
const ALIGNED = 64

/** A .npy file. */
export function encodeNpy({ shape, data }: Npy): Uint8Array {
  const type = data instanceof Float32Array ? '<f4' : '<f8'
  const sides = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${sides}, }`
  const length = Math.ceil((MAGIC.length + 2 + header.length + 1) / ALIGNED) * ALIGNED
  const bytes = new Uint8Array(length + data.byteLength)
  bytes.set(MAGIC)
  new DataView(bytes.buffer).setUint16(MAGIC.length, length - MAGIC.length - 2, true)
  bytes.set(new TextEncoder().encode(`${header.padEnd(length - MAGIC.length - 3)}\n`), MAGIC.length + 2)
  const view = new DataView(bytes.buffer, length)
  const width = data.BYTES_PER_ELEMENT
  data.forEach((x, i) => {
    if (width === 4) view.setFloat32(4 * i, x, true)
    else view.setFloat64(8 * i, x, true)
  })
  return bytes
}

/** Reads a .npy file of f32 or f64 numbers in C order; returns a message for any other. Any bytes give a Result. */
export function decodeNpy(bytes: Uint8Array): Result<Npy, string> {
  if (bytes.length < 12 || !MAGIC.subarray(0, 6).every((byte, i) => bytes[i] === byte)) {
    return Result.err('expected a .npy file, found other contents')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isFirst = bytes[6] === 1
  const start = isFirst ? 10 : 12
  const end = start + (isFirst ? view.getUint16(8, true) : view.getUint32(8, true))
  if (end > bytes.length) return Result.err('the .npy file is cut short')
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, end))
  const [, type] = /'descr': '([^']*)'/.exec(header) ?? []
  const [, shapeText] = /'shape': \(([\d, ]*)\)/.exec(header) ?? []
  if (type !== '<f4' && type !== '<f8')
    return Result.err(`expected numbers of type <f4 or <f8, found ${type ?? 'none'}`)
  if (!/'fortran_order': False/.test(header)) return Result.err('expected numbers in C order, found Fortran order')
  const shape = (shapeText ?? '')
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number)
  const width = type === '<f4' ? 4 : 8
  const count = shape.reduce((product, side) => product * side, 1)
  if (shapeText === undefined || count * width !== bytes.length - end) {
    return Result.err(`expected ${shape.join(' x ')} numbers, found ${(bytes.length - end) / width}`)
  }
  const data = width === 4 ? new Float32Array(count) : new Float64Array(count)
  for (let i = 0; i < count; i++)
    data[i] = width === 4 ? view.getFloat32(end + 4 * i, true) : view.getFloat64(end + 8 * i, true)
  return Result.ok({ shape, data })
}
