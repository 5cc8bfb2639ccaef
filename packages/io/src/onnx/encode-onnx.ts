import {
  type AnswerKind,
  type AnswerName,
  answerNames,
  clusterNames,
  isLayered,
  isOwnMetric,
  type MetricName,
  metricName,
  type Som,
  UNCLUSTERED,
  VERSION,
} from '@som/core'
import Result from 'true-myth/result'
import { type Problem, problem } from '../problem.ts'
import { Graph, type Value } from './graph.ts'

/** Axes of rows × units × features. */
const FEATURES = 2

const TYPES = { integer: 'int64', number: 'double', text: 'string' } as const satisfies Record<AnswerKind, string>

/**
 * A map as an ONNX file that includes its preprocessing, so that a reader needs no code of ours. Input `samples`
 * (double, rows × features in the user's units and the order of `metadata_props.features`, NaN for a missing value);
 * outputs are the `ANSWERS` that the map has: int64 (-1 for a row without any value), double (NaN) and string (empty).
 * Distances are computed in f64. Manhattan and chebyshev need memory for rows × units × features.
 */
export function encodeOnnx(som: Som): Result<Uint8Array, Problem> {
  const { metric, features, codebook } = som
  const distanceOf = typeof metric === 'string' ? DISTANCES[metric] : undefined
  if (distanceOf === undefined) {
    const found = isOwnMetric(metric)
      ? 'your own function'
      : isLayered(metric)
        ? 'layers of several metrics'
        : 'another'
    return problem(
      'data',
      'metric',
      `${metricName(metric)}: expected one of ${ONNX_METRICS.join(', ')} for ONNX, found ${found}`,
    )
  }
  const graph = new Graph()
  const given = graph.input('samples', 'double', [features.length])
  const raw = preprocessed(graph, som, given)
  const missing = graph.op('IsNaN', [raw])
  const zero = graph.doubles([], [0])
  const samples = graph.op('Where', [missing, zero, raw])
  const present = graph.cast(graph.op('Not', [missing]), 'double')
  const distances = distanceOf(graph, som, samples, present)

  const two = Math.min(2, codebook.rows)
  const [nearest, units] = graph.ops('TopK', [distances, graph.integers([1], [two])], 2, { axis: 1, largest: 0 })
  const column = (values: Value, at: number): Value =>
    graph.op('Gather', [values, graph.integers([], [at])], { axis: 1 })
  const counted = graph.op('ReduceSum', [present, graph.integers([1], [1])], { keepdims: 0 })
  const isEmpty = graph.op('Equal', [counted, zero])
  const best = column(units, 0)
  const none = graph.integers([], [-1])
  const orNone = (value: Value): Value => graph.op('Where', [isEmpty, none, value])
  const orNaN = (value: Value): Value => graph.op('Where', [isEmpty, graph.doubles([], [Number.NaN]), value])
  const byUnit = (of: ArrayLike<number>): Value => graph.op('Gather', [graph.integers([of.length], of), best])
  const { clusters, seen, lattice } = som
  const each = Array.from({ length: codebook.rows }, (_, unit) => unit)
  const exact = metric === 'euclidean' ? ownDistance(graph, som, samples, present, best) : column(nearest, 0)
  // Of f32, as the distances of training are.
  const distance = graph.cast(graph.cast(exact, 'float'), 'double')
  /** The place of each row's cluster; that after the last for a row in none. */
  const clusterPlaces = (): Value => {
    const { of = [], count = 0, reach } = clusters ?? {}
    const own = byUnit(Array.from(of, (place) => (place < 0 ? count : place)))
    if (reach === undefined) return own
    const farthest = graph.op('Gather', [graph.doubles([count + 1], [...reach, Number.POSITIVE_INFINITY]), own])
    return graph.op('Where', [graph.op('Greater', [distance, farthest]), graph.integers([], [count]), own])
  }
  const values: Record<AnswerName, () => Value> = {
    unit: () => orNone(best),
    unit_row: () => orNone(byUnit(each.map((unit) => Math.floor(unit / lattice.columns)))),
    unit_column: () => orNone(byUnit(each.map((unit) => unit % lattice.columns))),
    distance: () => orNaN(distance),
    second_unit: () => orNone(two === 2 ? column(units, 1) : none),
    cluster() {
      // Numbers count from 1; a row in none has -1.
      const places = clusterPlaces()
      const numbers = Array.from({ length: (clusters?.count ?? 0) + 1 }, (_, place) => place + 1)
      numbers[numbers.length - 1] = -1
      return orNone(graph.op('Gather', [graph.integers([numbers.length], numbers), places]))
    },
    cluster_name() {
      // Text has no `Where` in every runtime: an empty row takes an empty name that stands behind the others.
      const names = clusters ? clusterNames(clusters) : []
      const place = graph.op('Where', [isEmpty, graph.integers([], [names.length + 1]), clusterPlaces()])
      return graph.op('Gather', [graph.strings([...names, UNCLUSTERED, '']), place])
    },
    p_value: () => orNaN(pValue(graph, seen?.distances ?? new Float32Array(), distance)),
  }
  for (const { name, kind } of answerNames(som)) graph.output(name, values[name](), TYPES[kind])

  const about = {
    features: JSON.stringify(features.map(({ name }) => name)),
    lattice: JSON.stringify(som.lattice),
    metric: metricName(metric),
    som_version: som.training.version,
  }
  return Result.ok(graph.encoded(about, { name: 'som', version: VERSION }))
}

/** factor · (bend(x) - centre) / scale, rounded to f32 as the map was trained. */
function preprocessed(graph: Graph, { features }: Som, samples: Value): Value {
  const width = features.length
  const row = (of: (p: Som['features'][number]['preprocessing']) => number): Value =>
    graph.doubles(
      [1, width],
      features.map(({ preprocessing }) => of(preprocessing)),
    )
  const methods = new Set(features.map(({ preprocessing }) => preprocessing.method))
  let bent = samples
  const bend = (method: string, by: (x: Value) => Value): void => {
    if (!methods.has(method as never)) return
    const isMethod = graph.op('Equal', [row((p) => (p.method === method ? 1 : 0)), graph.doubles([], [1])])
    bent = graph.op('Where', [isMethod, by(samples), bent])
  }
  const one = graph.doubles([], [1])
  bend('log', (x) => graph.op('Log', [graph.op('Add', [x, one])]))
  bend('arcsinh', (x) => {
    // sign(x) ln(|x| + √(x² + 1)): runtimes have no asinh for doubles.
    const scaled = graph.op('Div', [x, row((p) => p.cofactor)])
    const root = graph.op('Sqrt', [graph.op('Add', [graph.op('Mul', [scaled, scaled]), one])])
    const log = graph.op('Log', [graph.op('Add', [graph.op('Abs', [scaled]), root])])
    return graph.op('Mul', [graph.op('Sign', [scaled]), log])
  })
  const centred = graph.op('Mul', [graph.op('Sub', [bent, row((p) => p.centre)]), row((p) => p.factor)])
  return graph.cast(graph.cast(graph.op('Div', [centred, row((p) => p.scale)]), 'float'), 'double')
}

type Distances = (graph: Graph, som: Som, samples: Value, present: Value) => Value

/** rows × units distances by metric; missing features, which are 0 in `samples` and in `present`, do not count. */
const DISTANCES: { readonly [K in MetricName]?: Distances } = {
  /** √(Σx² - 2 x·w + Σw²) */
  euclidean(graph, som, samples, present) {
    const { products, squares } = ofCodebook(graph, som, samples, present)
    const own = graph.op('ReduceSum', [graph.op('Mul', [samples, samples]), graph.integers([1], [1])], { keepdims: 1 })
    const twice = graph.op('Mul', [products, graph.doubles([], [-2])])
    const sum = graph.op('Add', [graph.op('Add', [own, twice]), squares])
    return graph.op('Sqrt', [graph.op('Max', [sum, graph.doubles([], [0])])])
  },
  /** 1 - x·w / (|x| |w|); 1 if either is zero. */
  cosine(graph, som, samples, present) {
    const { products, squares } = ofCodebook(graph, som, samples, present)
    const own = graph.op('ReduceSum', [graph.op('Mul', [samples, samples]), graph.integers([1], [1])], { keepdims: 1 })
    const norms = graph.op('Mul', [graph.op('Sqrt', [own]), graph.op('Sqrt', [squares])])
    const zero = graph.doubles([], [0])
    const one = graph.doubles([], [1])
    const isZero = graph.op('LessOrEqual', [norms, zero])
    const ratio = graph.op('Div', [products, graph.op('Where', [isZero, one, norms])])
    const distance = graph.op('Max', [graph.op('Sub', [one, ratio]), zero])
    return graph.op('Where', [isZero, one, distance])
  },
  /** Σ|x - w| */
  manhattan(graph, som, samples, present) {
    return graph.op('ReduceSum', [differences(graph, som, samples, present), graph.integers([1], [FEATURES])], {
      keepdims: 0,
    })
  },
  /** max|x - w| */
  chebyshev(graph, som, samples, present) {
    return graph.op('ReduceMax', [differences(graph, som, samples, present)], { axes: [FEATURES], keepdims: 0 })
  },
}

/** The metrics of maps that can be written; the others are refused. */
export const ONNX_METRICS: readonly string[] = Object.keys(DISTANCES)

/** √Σ(x - w)² to one unit of each row: without what the quicker sum of `DISTANCES` loses for rows close to it. */
function ownDistance(graph: Graph, { codebook }: Som, samples: Value, present: Value, units: Value): Value {
  const prototypes = graph.op('Gather', [graph.doubles([codebook.rows, codebook.columns], codebook.data), units])
  const difference = graph.op('Mul', [graph.op('Sub', [samples, prototypes]), present])
  const squares = graph.op('Mul', [difference, difference])
  return graph.op('Sqrt', [graph.op('ReduceSum', [squares, graph.integers([1], [1])], { keepdims: 0 })])
}

/** x·w, and Σw² over the features that x has. */
function ofCodebook(
  graph: Graph,
  { codebook }: Som,
  samples: Value,
  present: Value,
): { products: Value; squares: Value } {
  const turned = new Float64Array(codebook.data.length)
  for (let unit = 0; unit < codebook.rows; unit++) {
    for (let f = 0; f < codebook.columns; f++)
      turned[f * codebook.rows + unit] = codebook.data[unit * codebook.columns + f]
  }
  const shape = [codebook.columns, codebook.rows]
  return {
    products: graph.op('MatMul', [samples, graph.doubles(shape, turned)]),
    squares: graph.op('MatMul', [
      present,
      graph.doubles(
        shape,
        turned.map((w) => w * w),
      ),
    ]),
  }
}

/** |x - w|, 0 if x is missing: rows × units × features. */
function differences(graph: Graph, { codebook }: Som, samples: Value, present: Value): Value {
  const axis = graph.integers([1], [1])
  const [x, mask] = [samples, present].map((value) => graph.op('Unsqueeze', [value, axis]))
  const prototypes = graph.doubles([1, codebook.rows, codebook.columns], codebook.data)
  return graph.op('Mul', [graph.op('Abs', [graph.op('Sub', [x, prototypes])]), mask])
}

/** (1 + #{training distances ≥ d}) / (n + 1) */
function pValue(graph: Graph, seen: Float32Array, distance: Value): Value {
  const own = graph.op('Unsqueeze', [distance, graph.integers([1], [1])])
  const isFarther = graph.cast(graph.op('GreaterOrEqual', [graph.doubles([1, seen.length], seen), own]), 'double')
  const farther = graph.op('ReduceSum', [isFarther, graph.integers([1], [1])], { keepdims: 0 })
  return graph.op('Div', [graph.op('Add', [farther, graph.doubles([], [1])]), graph.doubles([], [seen.length + 1])])
}
