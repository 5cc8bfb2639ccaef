import { STATUS_CODES } from 'node:http'
import { firstIssues, type Issue } from '@som/core'
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
  return { type: 'about:blank', title, status, ...(detail && { detail }), ...(issues && { issues: short(issues) }) }
}

/** Characters of a path, and of a message: callers choose the names in them. */
const [MOST_PATH, MOST_MESSAGE] = [200, 1000]

/** The first issues, none of them long: an answer is not much larger because a request is. */
function short(issues: readonly Issue[]): Issue[] {
  return firstIssues(issues).map(({ path, message }) => ({
    path: cut(path, MOST_PATH),
    message: cut(message, MOST_MESSAGE),
  }))
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

/** A problem as an answer to a request: under `/v2` with the `error` that the Open Inference Protocol has. */
export function sendProblem(
  { url }: FastifyRequest,
  reply: FastifyReply,
  ...[status, detail, issues]: Parameters<typeof problemDocument>
): FastifyReply {
  const document = problemDocument(status, detail, issues)
  const words = document.issues?.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)) ?? []
  const error = words.length > 0 ? words.join('; ') : (detail ?? document.title)
  const told: ProblemDocument = /^\/v2(\/|$|\?)/.test(url) ? { ...document, error } : document
  return reply.code(status).type(PROBLEM_TYPE).send(told)
}

/** Ends a request: what it holds cannot be worked with. */
export class Refused extends Error {
  readonly status: number
  readonly issues: readonly Issue[]
  /** Seconds after which the same request may be served. */
  readonly retryAfter: number | undefined

  constructor(status: number, issues: readonly Issue[], retryAfter?: number) {
    super('refused')
    this.status = status
    this.issues = issues
    this.retryAfter = retryAfter
  }
}

/** Collects the first issues and counts the others: a request may hold a million. */
export class RequestIssues {
  readonly list: Issue[] = []
  private more = 0

  add(path: string, message: string): void {
    if (this.list.length < MOST_ISSUES) this.list.push({ path, message })
    else this.more++
  }

  refuseAny(status = 400): void {
    if (this.list.length > 0) throw new Refused(status, firstIssues(this.list, this.more))
  }
}

const MOST_ISSUES = 20
