import { Message } from './protobuf.ts'

/** The name of a value in the graph. */
export type Value = string

const TYPES = { float: 1, int64: 7, string: 8, double: 11 } as const
type TypeName = keyof typeof TYPES
type Attribute = number | readonly number[]

/** Builds an ONNX graph, one node per call. Field numbers are those of onnx.proto. */
export class Graph {
  private readonly nodes: Message[] = []
  private readonly initialisers: Message[] = []
  private readonly inputs: Message[] = []
  private readonly outputs: Message[] = []
  private count = 0

  /** An input of shape [rows, ...shape]. */
  input(name: string, type: TypeName, shape: readonly number[]): Value {
    this.inputs.push(valueInfo(name, type, shape))
    return name
  }

  /** Makes `value` a named output of shape [rows, ...shape]. */
  output(name: string, value: Value, type: TypeName, shape: readonly number[] = []): void {
    this.nodes.push(node('Identity', [value], [name], {}))
    this.outputs.push(valueInfo(name, type, shape))
  }

  /** A constant of the graph. */
  doubles(shape: readonly number[], values: ArrayLike<number>): Value {
    return this.raw('double', shape, new Uint8Array(Float64Array.from(values).buffer))
  }

  integers(shape: readonly number[], values: ArrayLike<number>): Value {
    return this.raw('int64', shape, new Uint8Array(BigInt64Array.from(Array.from(values, BigInt)).buffer))
  }

  strings(values: readonly string[]): Value {
    const name = this.fresh()
    const tensor = new Message().integer(1, values.length).integer(2, TYPES.string)
    for (const value of values) tensor.text(6, value)
    this.initialisers.push(tensor.text(8, name))
    return name
  }

  /** The result of an operator. */
  op(type: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return this.ops(type, inputs, 1, attributes)[0]
  }

  /** The results of an operator with several outputs. */
  ops(
    type: string,
    inputs: readonly Value[],
    results: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value[] {
    const names = Array.from({ length: results }, () => this.fresh())
    this.nodes.push(node(type, inputs, names, attributes))
    return names
  }

  cast(value: Value, type: TypeName): Value {
    return this.op('Cast', [value], { to: TYPES[type] })
  }

  /** The complete model file. */
  encoded(
    about: Readonly<Record<string, string>>,
    producer: { readonly name: string; readonly version: string },
  ): Uint8Array {
    const graph = new Message()
    for (const each of this.nodes) graph.message(1, each)
    graph.text(2, 'som')
    for (const each of this.initialisers) graph.message(5, each)
    for (const each of this.inputs) graph.message(11, each)
    for (const each of this.outputs) graph.message(12, each)
    const model = new Message().integer(1, IR_VERSION).text(2, producer.name).text(3, producer.version)
    model.message(7, graph).message(8, new Message().text(1, '').integer(2, OPERATORS))
    for (const [key, value] of Object.entries(about)) model.message(14, new Message().text(1, key).text(2, value))
    return model.encoded()
  }

  private raw(type: TypeName, shape: readonly number[], bytes: Uint8Array): Value {
    const name = this.fresh()
    const tensor = new Message()
    for (const side of shape) tensor.integer(1, side)
    this.initialisers.push(tensor.integer(2, TYPES[type]).text(8, name).bytes(9, littleEndian(type, bytes)))
    return name
  }

  private fresh(): Value {
    this.count++
    return `v${this.count}`
  }
}

/** Supported by every ONNX runtime since 2022. */
const IR_VERSION = 8
const OPERATORS = 17
const ATTRIBUTE_INT = 2
const ATTRIBUTE_INTS = 7

function node(
  type: string,
  inputs: readonly Value[],
  outputs: readonly Value[],
  attributes: Readonly<Record<string, Attribute>>,
): Message {
  const made = new Message()
  for (const input of inputs) made.text(1, input)
  for (const output of outputs) made.text(2, output)
  made.text(4, type)
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = new Message().text(1, name)
    if (typeof value === 'number') attribute.integer(3, value).integer(20, ATTRIBUTE_INT)
    else {
      for (const each of value) attribute.integer(8, each)
      attribute.integer(20, ATTRIBUTE_INTS)
    }
    made.message(5, attribute)
  }
  return made
}

function valueInfo(name: string, type: TypeName, shape: readonly number[]): Message {
  const sides = new Message().message(1, new Message().text(2, 'rows'))
  for (const side of shape) sides.message(1, new Message().integer(1, side))
  const tensor = new Message().integer(1, TYPES[type]).message(2, sides)
  return new Message().text(1, name).message(2, new Message().message(1, tensor))
}

/** ONNX stores raw numbers in little-endian order. */
function littleEndian(type: TypeName, bytes: Uint8Array): Uint8Array {
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
  const width = type === 'float' ? 4 : 8
  if (!isLittle) for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse()
  return bytes
}
