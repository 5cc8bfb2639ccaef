import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { checked } from '../check.ts'
import type { Operation, Routes } from '../openapi/operation.ts'
import { pngOf } from '../png.ts'

/** A picture has styles, and loads nothing. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** Pixels from side to side, as text. */
const widthSchema: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.regex(/^([4-9]\d|[1-9]\d{2}|[1-3]\d{3}|4000)$/, 'expected an integer from 40 to 4000'),
)

type About = Omit<Operation<unknown, unknown, unknown>, 'path' | 'answers' | 'query' | 'params' | 'body'>

/** A picture that routes answer with. */
export interface PictureRoute<E extends v.ObjectEntries> extends About {
  /** Without the ending. */
  readonly path: string
  /** Why there may be none. */
  readonly absent: string
  /** Parameters of the query, besides the width of a PNG. */
  readonly query: E
  /** The picture as SVG; null where there is none. */
  draw(request: FastifyRequest, query: Asked<E>, body: unknown): Promise<string | null>
}

type Asked<E extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<E, undefined>>

/** Answers with a picture under `${path}.svg` and `${path}.png`; a PNG may have a width. */
export function onPicture<E extends v.ObjectEntries>(routes: Routes, route: PictureRoute<E>): void {
  const { path, absent, query, draw, summary, ...about } = route
  const asked = v.object(query)
  for (const format of FORMATS) {
    const { type, query: own, send } = formats[format]
    routes.on<unknown, unknown, unknown>(
      {
        ...{ ...about, path: `${path}.${format}`, summary: `${summary} as ${format.toUpperCase()}` },
        query: v.object({ ...query, ...own }),
        answers: { 200: { description: 'The picture', type }, 404: { description: absent } },
      },
      async ({ request, body, reply }) => {
        const picture = await draw(request, checked(asked, request.query), body)
        return picture === null ? reply.callNotFound() : send(reply.type(type), picture, request)
      },
    )
  }
}

const FORMATS = ['svg', 'png'] as const

interface Format {
  readonly type: string
  readonly query: v.ObjectEntries
  send(reply: FastifyReply, svg: string, request: FastifyRequest): unknown
}

const pngQuery = { width: v.optional(widthSchema) }

const formats: Readonly<Record<(typeof FORMATS)[number], Format>> = {
  svg: {
    type: 'image/svg+xml',
    query: {},
    send: (reply, svg) => reply.header('content-security-policy', PICTURE_POLICY).send(svg),
  },
  png: {
    type: 'image/png',
    query: pngQuery,
    async send(reply, svg, request) {
      const { width } = checked(v.object(pngQuery), request.query)
      return reply.send(await pngOf(svg, width === undefined ? undefined : Number(width)))
    },
  },
}
