/** A name as flags are typed: `batchSize` is `batch-size`. */
export const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
