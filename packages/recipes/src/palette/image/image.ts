import { type Issue, show } from '@som/core'

/** A decoded image: 8-bit sRGB, not premultiplied. */
export interface Image {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha of each pixel, row by row: width × height × 4. */
  readonly data: Uint8Array | Uint8ClampedArray
}

/** The issues of an image; empty if it is valid. */
export function imageIssues(image: Image, path: string): Issue[] {
  if (typeof image !== 'object' || image === null)
    return [{ path, message: `expected { width, height, data }, found ${show(image)}` }]
  const { width, height, data } = image
  const issues: Issue[] = []
  for (const [name, found] of Object.entries({ width, height })) {
    if (!Number.isSafeInteger(found) || found < 1)
      issues.push({ path: `${path}.${name}`, message: `expected an integer of at least 1, found ${show(found)}` })
  }
  if (issues.length > 0) return issues
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) {
    issues.push({ path: `${path}.data`, message: 'expected a Uint8Array of red, green, blue and alpha' })
  } else if (data.length !== width * height * 4) {
    const wanted = `${width} x ${height} x 4 = ${width * height * 4}`
    issues.push({ path: `${path}.data`, message: `expected ${wanted} bytes, found ${data.length}` })
  }
  return issues
}
