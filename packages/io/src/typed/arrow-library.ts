export type Arrow = typeof import('apache-arrow')

let loaded: Promise<Arrow> | undefined

/**
 * The library for Arrow's formats, loaded when first needed. It reads compressed Feather and pyarrow files once
 * `arrowPieces` has decompressed them.
 */
export function loadArrowLibrary(): Promise<Arrow> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Arrow> {
  const [arrow, lz4] = await Promise.all([import('apache-arrow'), import('lz4js')])
  // `arrowPieces` has decompressed these, within bounds: the library finds each buffer marked as plain.
  const decode = (): never => {
    throw new Error('values that are still compressed')
  }
  arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, { encode: (bytes) => lz4.compress(bytes), decode })
  arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, { decode })
  return arrow
}
