import { random } from '../../../random.ts'
import { degreesOf, type Graph } from './graph.ts'
import { greatestOfTridiagonal } from './tridiagonal.ts'

/** More steps than any graph of units has needed; what is not converged then is still a smooth order of the nodes. */
const MOST_STEPS = 200
/** The next look at convergence is when there are this many times as many steps. */
const CHECK_AT = 1.3
/** |N v - λ v| at which an eigenvector will do. The order of nodes that it gives is all that is used. */
const ENOUGH = 1e-3
const NOTHING = 1e-12

/**
 * The `count` eigenvectors of N = D^-½ A D^-½ with the greatest eigenvalues, after the first, √degree, and each divided
 * by √degree: the relaxed indicators of normalised cuts (J. Shi, J. Malik, Normalized cuts and image segmentation,
 * 2000), the first of them the Fiedler vector. Found by Lanczos's method with full reorthogonalisation. Every node must
 * have an edge.
 */
export function indicatorsOf(graph: Graph, count: number): Float64Array[] {
  const { nodes } = graph
  const roots = degreesOf(graph).map(Math.sqrt)
  const trivial = scaled(roots, 1 / norm(roots))
  const basis: Float64Array[] = []
  const diagonal: number[] = []
  const beside: number[] = []
  const source = random(1, 'lanczos')
  const most = Math.min(nodes - 1, MOST_STEPS)
  const [over, next] = [new Float64Array(nodes), new Float64Array(nodes)]
  let vector = fresh()
  let check = 8
  // Of the last look at convergence.
  let [found, foundAt]: [Float64Array[], number] = [[], 0]
  while (basis.length < most && vector !== null) {
    basis.push(vector)
    multiply(graph, roots, vector, over, next)
    diagonal.push(dot(next, vector))
    // Twice is enough (B. N. Parlett, The symmetric eigenvalue problem, 1980, section 6-9).
    for (let turn = 0; turn < 2; turn++) orthogonalise(next)
    const length = norm(next)
    if (basis.length >= check || basis.length === most) {
      check = Math.ceil(check * CHECK_AT)
      found = greatestOfTridiagonal(diagonal, beside, count)
      foundAt = basis.length
      if (found.every((of) => Math.abs(of[of.length - 1]) * length < ENOUGH)) break
    }
    if (basis.length === most) break
    beside.push(length > NOTHING ? length : 0)
    vector = length > NOTHING ? scaled(next, 1 / length) : fresh()
  }
  if (foundAt < basis.length) found = greatestOfTridiagonal(diagonal, beside, count)
  return found.map((of) => {
    const whole = new Float64Array(nodes)
    for (let i = 0; i < of.length; i++) add(whole, basis[i], of[i])
    for (let node = 0; node < nodes; node++) whole[node] /= roots[node]
    return whole
  })

  /** A unit vector orthogonal to all there are; null where there is none. */
  function fresh(): Float64Array | null {
    const drawn = new Float64Array(nodes)
    for (let node = 0; node < nodes; node++) drawn[node] = source() - 0.5
    for (let turn = 0; turn < 2; turn++) orthogonalise(drawn)
    const length = norm(drawn)
    return length > NOTHING ? scaled(drawn, 1 / length) : null
  }

  function orthogonalise(v: Float64Array): void {
    let [last, share] = [trivial, -dot(v, trivial)]
    for (const one of basis) {
      share = -dotAfter(v, last, share, one)
      last = one
    }
    add(v, last, share)
  }
}

/** Fills `product` with D^-½ A D^-½ v; `over` is room for v / √degree. */
function multiply(
  { nodes, offsets, to, weight }: Graph,
  roots: Float64Array,
  v: Float64Array,
  over: Float64Array,
  product: Float64Array,
): void {
  for (let a = 0; a < nodes; a++) over[a] = v[a] / roots[a]
  for (let a = 0; a < nodes; a++) {
    let sum = 0
    for (let e = offsets[a]; e < offsets[a + 1]; e++) sum += weight[e] * over[to[e]]
    product[a] = sum / roots[a]
  }
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i]
  return sum
}

/** Adds `x` to `to` as many `times`, and gives the product with `y`: one pass, since the sum waits for each number. */
function dotAfter(to: Float64Array, x: Float64Array, times: number, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < to.length; i++) {
    const value = to[i] + times * x[i]
    to[i] = value
    sum += value * y[i]
  }
  return sum
}

const norm = (x: Float64Array): number => Math.sqrt(dot(x, x))

function scaled(x: Float64Array, by: number): Float64Array {
  const product = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) product[i] = x[i] * by
  return product
}

function add(to: Float64Array, x: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] += times * x[i]
}
