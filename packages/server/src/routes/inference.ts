import { type AnswerKind, answerCells, type CellColumn, type Matrix, predictionColumns, VERSION } from '@som/core'
import * as v from 'valibot'
import { placeExample } from '../openapi/example.ts'
import type { Routes } from '../openapi/operation.ts'
import { Refused } from '../problem.ts'
import { tensorsOfBody } from '../scoring/bodies.ts'
import { tensorExample } from '../scoring/example-rows.ts'
import { inferenceSchema } from '../scoring/inference-schema.ts'
import { matching, predicting } from '../scoring/question.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'

const tensor = v.object({ name: v.string(), datatype: v.string(), shape: v.array(v.number()) })

/** The Open Inference Protocol, version 2, by JSON. */
export function inferenceRoutes<P>(routes: Routes, serving: Serving<P>, nameOf: (params: P) => string): void {
  const { base, params } = serving
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Open Inference Protocol',
        path: base,
        summary: 'Get the model metadata: its inputs and outputs',
        scope: 'read',
        params,
      },
      example: ({ maps }) => placeExample(serving.example(maps)),
      answers: {
        200: {
          description: 'The input and output tensors',
          schema: v.object({ name: v.string(), inputs: v.array(tensor), outputs: v.array(tensor) }),
        },
      },
    },
    ({ params }) =>
      withScorer(serving, params, (scorer) => ({
        name: nameOf(params),
        versions: ['1'],
        platform: 'som',
        inputs: [{ name: 'samples', datatype: 'FP64', shape: [-1, scorer.som.features.length] }],
        outputs: outputsOf(scorer).map(tensorOf),
      })),
  )
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Open Inference Protocol',
        path: `${base}/ready`,
        summary: 'Check that the model is ready',
        scope: 'read',
        params,
      },
      example: ({ maps }) => placeExample(serving.example(maps)),
      answers: {
        200: { description: 'The model is ready', schema: v.object({ name: v.string(), ready: v.boolean() }) },
      },
    },
    ({ params }) => withScorer(serving, params, () => ({ name: nameOf(params), ready: true })),
  )
  routes.on(
    {
      ...{
        method: 'POST',
        group: 'Open Inference Protocol',
        path: `${base}/infer`,
        summary: 'Match a tensor of rows with the map',
        scope: 'score',
        params,
      },
      usualType: 'application/json',
      example: ({ maps }) => tensorExample(serving, maps),
      media: { 'application/json': inferenceSchema },
      answers: {
        200: {
          description: 'One tensor per output',
          schema: v.object({ model_name: v.string(), outputs: v.array(tensor) }),
        },
      },
    },
    ({ params, body, request }) =>
      withScorer(serving, params, async (scorer) => {
        const { matrix, rest } = await tensorsOfBody(body, scorer, request)
        const { id, outputs } = rest
        const asked = askedOf(scorer, outputs)
        const cells = await cellsOf(scorer, asked, matrix)
        return {
          model_name: nameOf(params),
          ...(id !== undefined && { id }),
          outputs: asked.map((column) => ({
            ...tensorOf(column),
            shape: [matrix.rows],
            data: (cells.get(column.name) ?? []).map((cell) => cell ?? NONE[column.kind]),
          })),
        }
      }),
  )
}

/** The server metadata of this protocol. */
export function inferenceServerRoute(routes: Routes): void {
  const answers = {
    200: { description: 'Name and version of the server', schema: v.object({ name: v.string(), version: v.string() }) },
  }
  routes.on(
    {
      method: 'GET',
      group: 'Open Inference Protocol',
      path: '/v2',
      summary: 'Get the server metadata',
      scope: 'read',
      answers,
    },
    async () => ({
      name: 'som',
      version: VERSION,
      extensions: [],
    }),
  )
}

const DATATYPES = { integer: 'INT64', number: 'FP64', text: 'BYTES' } as const satisfies Record<AnswerKind, string>
/** What stands for a missing cell: integers and text of the protocol have no null. */
const NONE = { integer: -1, number: null, text: '' } as const satisfies Record<AnswerKind, unknown>

/** An output: a column of what the map says about a row, or of what it predicts. */
type Output = Pick<CellColumn<never>, 'name' | 'kind'>

const tensorOf = ({ name, kind }: Output) => ({ name, datatype: DATATYPES[kind], shape: [-1] })

/** What the map says about a row, then what it predicts. */
const outputsOf = (scorer: Scorer): Output[] => [...scorer.answers, ...predictedOf(scorer)]

/** The columns of predictions that are not among the answers. */
function predictedOf({ som, answers }: Scorer) {
  return predictionColumns(som).filter(({ name }) => !answers.some((answer) => answer.name === name))
}

/** The cells of the requested outputs, by their names. Rows are matched and predicted only if an output needs it. */
async function cellsOf(scorer: Scorer, asked: readonly Output[], rows: Matrix) {
  const isAsked = ({ name }: Output): boolean => asked.some((output) => output.name === name)
  const [answers, predicted] = [scorer.answers.filter(isAsked), predictedOf(scorer).filter(isAsked)]
  const cells = new Map<string, ReturnType<typeof answerCells>>()
  if (answers.length > 0) {
    const found = await matching(scorer).find(rows)
    for (const column of answers) cells.set(column.name, answerCells(column, found))
  }
  if (predicted.length > 0) {
    const found = await predicting(scorer, {}).find(rows)
    for (const column of predicted) cells.set(column.name, answerCells(column, found))
  }
  return cells
}

/** The requested outputs, in the request's order; all if it names none. */
function askedOf(scorer: Scorer, asked: readonly { readonly name: string }[] = []): readonly Output[] {
  const outputs = outputsOf(scorer)
  if (asked.length === 0) return outputs
  const names = outputs.map(({ name }) => name)
  const issues = asked.flatMap(({ name }, i) => {
    if (names.some((known) => known === name)) return []
    const message = `expected one of ${names.join(', ')}, found ${JSON.stringify(name).slice(0, 40)}`
    return [{ path: `outputs[${i}].name`, message }]
  })
  if (issues.length > 0) throw new Refused(400, issues.slice(0, 20))
  return asked.flatMap(({ name }) => outputs.filter((column) => column.name === name))
}
