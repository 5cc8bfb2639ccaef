import { STATUS_CODES } from 'node:http'
import type { Issue } from '@som/core'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What is answered where a request cannot be served: a problem document, RFC 9457, with every issue at once. */
export interface ProblemDocument {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly issues?: readonly Issue[]
  /** The same in one line, where clients of the Open Inference Protocol look for it. */
  readonly error?: string
}

/** The media type of problem documents. */
export const PROBLEM_TYPE = 'application/problem+json'

export function problemDocument(status: number, detail?: string, issues?: readonly Issue[]): ProblemDocument {
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: 'about:blank', title, status, ...(detail && { detail }), ...(issues && { issues }) }
}

/** A problem as an answer to a request: under `/v2` with the `error` that the Open Inference Protocol has. */
export function sendProblem(
  { url }: FastifyRequest,
  reply: FastifyReply,
  ...[status, detail, issues]: Parameters<typeof problemDocument>
): FastifyReply {
  const document = problemDocument(status, detail, issues)
  const words = issues?.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)) ?? []
  const error = words.length > 0 ? words.join('; ') : (detail ?? document.title)
  const told: ProblemDocument = /^\/v2(\/|$|\?)/.test(url) ? { ...document, error } : document
  return reply.code(status).type(PROBLEM_TYPE).send(told)
}

/** Ends a request: what it holds cannot be worked with. */
export class Refused extends Error {
  readonly status: number
  readonly issues: readonly Issue[]

  constructor(status: number, issues: readonly Issue[]) {
    super('refused')
    this.status = status
    this.issues = issues
  }
}

/** Collects issues and gives up listing them after some: a request may hold a million. */
export class RequestIssues {
  readonly list: Issue[] = []

  add(path: string, message: string): void {
    if (this.list.length < MOST_ISSUES) this.list.push({ path, message })
  }

  refuseAny(status = 400): void {
    if (this.list.length > 0) throw new Refused(status, this.list)
  }
}

const MOST_ISSUES = 20
