import * as v from 'valibot'

/** A picture has styles, and loads nothing. */
export const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** Pixels from side to side, as text. */
export const widthSchema: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.regex(/^([4-9]\d|[1-9]\d{2}|[1-3]\d{3}|4000)$/, 'expected an integer from 40 to 4000'),
)
