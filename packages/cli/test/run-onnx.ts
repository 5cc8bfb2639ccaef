/** A tensor: numbers, truths or text, row-major. */
interface Tensor {
  readonly shape: readonly number[]
  readonly data: readonly Cell[]
}
type Cell = number | string | boolean

/** A message of protocol buffers: the values of each field, in order. */
type Fields = Map<number, (bigint | Uint8Array)[]>

/**
 * The outputs of an ONNX file for samples of rows × features: what a runtime gives, worked out the plain way. It knows
 * the operators that `encodeOnnx` writes.
 */
export function runOnnx(file: Uint8Array, samples: Tensor): Map<string, readonly Cell[]> {
  const graph = fieldsOf(bytesOf(fieldsOf(file), 7)[0])
  const values = new Map<string, Tensor>([['samples', samples]])
  for (const given of bytesOf(graph, 5)) {
    const fields = fieldsOf(given)
    values.set(textsOf(fields, 8)[0], tensorOf(fields))
  }
  for (const given of bytesOf(graph, 1)) {
    const fields = fieldsOf(given)
    const [type] = textsOf(fields, 4)
    const inputs = textsOf(fields, 1).map((name) => found(values, name))
    const attributes = new Map(bytesOf(fields, 5).map((one) => attributeOf(fieldsOf(one))))
    const results = found(OPERATORS, type)(inputs, (name, usual) => attributes.get(name) ?? usual)
    textsOf(fields, 2).forEach((name, k) => {
      values.set(name, results[k])
    })
  }
  const outputs = bytesOf(graph, 12).map((given) => textsOf(fieldsOf(given), 1)[0])
  return new Map(outputs.map((name) => [name, found(values, name).data]))
}

type Operator = (inputs: readonly Tensor[], attribute: (name: string, usual: number[]) => number[]) => Tensor[]

const each =
  (work: (...cells: number[]) => Cell): Operator =>
  (inputs) => [broadcast(inputs, (cells) => work(...(cells as number[])))]

const OPERATORS = new Map<string, Operator>([
  ['Identity', ([x]) => [x]],
  ['IsNaN', each(Number.isNaN)],
  ['Not', each((x) => !x)],
  ['Log', each(Math.log)],
  ['Sqrt', each(Math.sqrt)],
  ['Abs', each(Math.abs)],
  ['Sign', each(Math.sign)],
  ['Add', each((x, y) => x + y)],
  ['Sub', each((x, y) => x - y)],
  ['Mul', each((x, y) => x * y)],
  ['Div', each((x, y) => x / y)],
  ['Max', each(Math.max)],
  ['Equal', each((x, y) => x === y)],
  ['LessOrEqual', each((x, y) => x <= y)],
  ['GreaterOrEqual', each((x, y) => x >= y)],
  ['Where', (inputs) => [broadcast(inputs, ([is, yes, no]) => (is ? yes : no))]],
  [
    'Cast',
    ([x], attribute) => [
      { ...x, data: x.data.map(attribute('to', [])[0] === 1 ? (y) => Math.fround(Number(y)) : Number) },
    ],
  ],
  ['Gather', gather],
  ['TopK', leastOfRows],
  ['MatMul', multiply],
  ['Unsqueeze', ([x, axes]) => [{ ...x, shape: x.shape.toSpliced(Number(axes.data[0]), 0, 1) }]],
  ['ReduceSum', (inputs, attribute) => [reduced(inputs[0], Number(inputs[1].data[0]), attribute, (x, y) => x + y)]],
  ['ReduceMax', ([x], attribute) => [reduced(x, attribute('axes', [])[0], attribute, Math.max)]],
])

function broadcast(inputs: readonly Tensor[], work: (cells: readonly Cell[]) => Cell): Tensor {
  const sides = Math.max(...inputs.map(({ shape }) => shape.length))
  const padded = inputs.map(({ shape }) => [...Array<number>(sides - shape.length).fill(1), ...shape])
  const shape = Array.from({ length: sides }, (_, d) => Math.max(...padded.map((one) => one[d])))
  const data = Array.from({ length: shape.reduce((product, side) => product * side, 1) }, (_, at) => {
    const cells = inputs.map(({ data: own }, k) => {
      let [place, step, rest] = [0, 1, at]
      for (let d = sides - 1; d >= 0; d--) {
        place += (padded[k][d] === 1 ? 0 : rest % shape[d]) * step
        step *= padded[k][d]
        rest = Math.floor(rest / shape[d])
      }
      return own[place]
    })
    return work(cells)
  })
  return { shape, data }
}

/** Along the first axis, whole slices; along the second, one column. */
function gather([x, places]: readonly Tensor[], attribute: (name: string, usual: number[]) => number[]): Tensor[] {
  const [rows] = x.shape
  const width = x.data.length / rows
  if (attribute('axis', [0])[0] === 1)
    return [{ shape: [rows], data: Array.from({ length: rows }, (_, i) => x.data[i * width + Number(places.data[0])]) }]
  const data = places.data.flatMap((place) => x.data.slice(Number(place) * width, (Number(place) + 1) * width))
  return [{ shape: [...places.shape, ...x.shape.slice(1)], data }]
}

function leastOfRows([x, count]: readonly Tensor[]): Tensor[] {
  const [rows, columns] = x.shape
  const most = Number(count.data[0])
  const places = Array.from({ length: rows }, (_, i) => {
    const cell = (k: number): number => Number(x.data[i * columns + k])
    const order = Array.from({ length: columns }, (_, k) => k).sort((a, b) => cell(a) - cell(b) || a - b)
    return order.slice(0, most).map((k) => ({ k, value: cell(k) }))
  }).flat()
  const shape = [rows, most]
  return [
    { shape, data: places.map(({ value }) => value) },
    { shape, data: places.map(({ k }) => k) },
  ]
}

function multiply([x, y]: readonly Tensor[]): Tensor[] {
  const [[rows, inner], [, columns]] = [x.shape, y.shape]
  const data = Array.from({ length: rows * columns }, (_, at) => {
    let sum = 0
    for (let k = 0; k < inner; k++)
      sum += Number(x.data[Math.floor(at / columns) * inner + k]) * Number(y.data[k * columns + (at % columns)])
    return sum
  })
  return [{ shape: [rows, columns], data }]
}

/** Along the last axis. */
function reduced(
  { shape, data }: Tensor,
  axis: number,
  attribute: (name: string, usual: number[]) => number[],
  join: (x: number, y: number) => number,
): Tensor {
  if (axis !== shape.length - 1) throw new Error(`reduces along axis ${axis} of ${shape.length}`)
  const width = shape[axis]
  const rest = shape.slice(0, -1)
  const sums = Array.from({ length: data.length / width }, (_, i) =>
    (data.slice(i * width, (i + 1) * width) as number[]).reduce(join),
  )
  return { shape: attribute('keepdims', [1])[0] === 1 ? [...rest, 1] : rest, data: sums }
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name)
  if (value === undefined) throw new Error(`there is no ${name}`)
  return value
}

function tensorOf(fields: Fields): Tensor {
  const shape = numbersOf(fields, 1)
  const [type] = numbersOf(fields, 2)
  if (type === 8) return { shape, data: textsOf(fields, 6) }
  const { buffer } = Uint8Array.from(bytesOf(fields, 9)[0])
  return { shape, data: type === 7 ? Array.from(new BigInt64Array(buffer), Number) : [...new Float64Array(buffer)] }
}

const attributeOf = (fields: Fields): [string, number[]] => [
  textsOf(fields, 1)[0],
  fields.has(8) ? numbersOf(fields, 8) : numbersOf(fields, 3),
]

const bytesOf = (fields: Fields, field: number): Uint8Array[] =>
  (fields.get(field) ?? []).filter((value) => typeof value !== 'bigint')
const textsOf = (fields: Fields, field: number): string[] =>
  bytesOf(fields, field).map((value) => new TextDecoder().decode(value))
const numbersOf = (fields: Fields, field: number): number[] =>
  (fields.get(field) ?? []).map((value) => Number(BigInt.asIntN(64, BigInt(value as bigint))))

function fieldsOf(bytes: Uint8Array): Fields {
  const fields: Fields = new Map()
  let at = 0
  const varint = (): bigint => {
    let [value, shift] = [0n, 0n]
    for (;;) {
      const byte = BigInt(bytes[at++])
      value |= (byte & 127n) << shift
      shift += 7n
      if (byte < 128n) return value
    }
  }
  while (at < bytes.length) {
    const key = Number(varint())
    const length = varint()
    const isBytes = (key & 7) === 2
    const value = isBytes ? bytes.subarray(at, at + Number(length)) : length
    if (isBytes) at += Number(length)
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value])
  }
  return fields
}
