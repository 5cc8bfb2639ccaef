const ITERATIONS = 300
const SETTLED = 1e-10

/**
 * Positions of n points in the plane by classical scaling of their distances: the two leading eigenvectors of -½ J D²
 * J, each times the root of its eigenvalue. W. S. Torgerson, Multidimensional scaling: I. Theory and method,
 * Psychometrika 17, 1952.
 */
export function classicalScaling(distances: Float64Array, n: number): { x: Float64Array; y: Float64Array } {
  const products = centredProducts(distances, n)
  const first = leading(products, n, null)
  const second = leading(products, n, first.direction)
  const place = ({ direction, value }: Eigen): Float64Array =>
    direction.map((part) => part * Math.sqrt(Math.max(0, value)))
  return { x: place(first), y: place(second) }
}

interface Eigen {
  /** Unit vector with its largest component positive, so that the picture is not mirrored by chance. */
  readonly direction: Float64Array
  readonly value: number
}

function centredProducts(distances: Float64Array, n: number): Float64Array {
  const squares = distances.map((d) => d * d)
  const means = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0
    for (let j = 0; j < n; j++) sum += squares[i * n + j]
    return sum / n
  })
  const mean = means.reduce((sum, m) => sum + m, 0) / n
  return squares.map((square, at) => -0.5 * (square - means[Math.floor(at / n)] - means[at % n] + mean))
}

/** Power iteration, kept at right angles to `besides`. The start is any vector that has a part in every direction. */
function leading(products: Float64Array, n: number, besides: Float64Array | null): Eigen {
  let direction = unitVector(
    Float64Array.from({ length: n }, (_, i) => ((i * 7919) % 104729) / 104729 - 0.37),
    besides,
  )
  let value = 0
  for (let t = 0; t < ITERATIONS; t++) {
    const image = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += products[i * n + j] * direction[j]
      image[i] = sum
    }
    const before = value
    value = direction.reduce((sum, part, i) => sum + part * image[i], 0)
    direction = unitVector(image, besides)
    if (Math.abs(value - before) <= SETTLED * Math.abs(value)) break
  }
  const largest = direction.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most), 0)
  return { direction: largest < 0 ? direction.map((part) => -part) : direction, value }
}

function unitVector(vector: Float64Array, besides: Float64Array | null): Float64Array {
  const along = besides === null ? 0 : vector.reduce((sum, part, i) => sum + part * besides[i], 0)
  const rest = besides === null ? vector : vector.map((part, i) => part - along * besides[i])
  const length = Math.sqrt(rest.reduce((sum, part) => sum + part * part, 0))
  return length > 0 ? rest.map((part) => part / length) : rest
}
