export type Arrow = typeof import('apache-arrow')

let loaded: Promise<Arrow> | undefined

/** The library for Arrow's formats, loaded when first needed. It reads what Feather and pyarrow compress, where `arrowPieces` has unpacked it. */
export function loadArrowLibrary(): Promise<Arrow> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Arrow> {
  const [arrow, lz4] = await Promise.all([import('apache-arrow'), import('lz4js')])
  // Unpacked by `arrowPieces`, within bounds: the library finds each buffer marked as plain.
  const decode = (): never => {
    throw new Error('compressed values that were not unpacked')
  }
  arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, { encode: (bytes) => lz4.compress(bytes), decode })
  arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, { decode })
  return arrow
}
