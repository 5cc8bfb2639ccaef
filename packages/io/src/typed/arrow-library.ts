export type Arrow = typeof import('apache-arrow')

let loaded: Promise<Arrow> | undefined

/** The library for Arrow's formats, loaded when first needed, able to read what Feather and pyarrow compress. */
export function loadArrowLibrary(): Promise<Arrow> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Arrow> {
  const [arrow, lz4, zstd] = await Promise.all([import('apache-arrow'), import('lz4js'), import('fzstd')])
  arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, {
    encode: (bytes) => lz4.compress(bytes),
    decode: (bytes) => lz4.decompress(bytes),
  })
  arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, { decode: (bytes) => zstd.decompress(bytes) })
  return arrow
}
