/** The values of a datatype of the Open Inference Protocol. */
export interface Datatype {
  /** In words, for messages. */
  readonly range: string
  holds(value: unknown): boolean
}

const whole = (bits: number, signed: boolean): Datatype => {
  const least = signed ? -(2 ** (bits - 1)) : 0
  const end = 2 ** (signed ? bits - 1 : bits)
  const most = bits < 64 ? String(end - 1) : `2^${signed ? 63 : 64} - 1`
  return {
    range: `a whole number from ${bits === 64 && signed ? '-2^63' : least} to ${most}`,
    holds: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) < end,
  }
}

const real = (most: number): Datatype => ({
  range: `a number from -${most} to ${most}`,
  holds: (value) => typeof value === 'number' && Math.abs(value) <= most,
})

const DATATYPES: Readonly<Record<string, Datatype>> = {
  BOOL: { range: 'true, false, 1 or 0', holds: (value) => [true, false, 0, 1].some((one) => one === value) },
  UINT8: whole(8, false),
  UINT16: whole(16, false),
  UINT32: whole(32, false),
  UINT64: whole(64, false),
  INT8: whole(8, true),
  INT16: whole(16, true),
  INT32: whole(32, true),
  INT64: whole(64, true),
  FP16: real(65504),
  FP32: real(3.4028234663852886e38),
  FP64: real(Number.MAX_VALUE),
  BYTES: { range: 'text', holds: (value) => typeof value === 'string' },
}

export const DATATYPE_NAMES: readonly string[] = Object.keys(DATATYPES)

/** The datatype with a name; undefined for an unknown name. */
export const datatypeOf = (name: string): Datatype | undefined =>
  Object.hasOwn(DATATYPES, name) ? DATATYPES[name] : undefined
