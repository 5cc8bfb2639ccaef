import { STATUS_CODES } from 'node:http'
import { firstIssues, type Issue } from '@som/core'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The answer to a request that cannot be served: a problem document (RFC 9457) with every issue at once. */
export interface ProblemDocument {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly issues?: readonly Issue[]
  /** The same in one line, where Open Inference Protocol clients look for it. */
  readonly error?: string
}

/** The media type of problem documents. */
export const PROBLEM_TYPE = 'application/problem+json'

export function problemDocument(status: number, detail?: string, issues?: readonly Issue[]): ProblemDocument {
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: 'about:blank', title, status, ...(detail && { detail }), ...(issues && { issues: short(issues) }) }
}

/** Most characters of a path and of a message: callers choose the names in them. */
const [MOST_PATH, MOST_MESSAGE] = [200, 1000]

/** The first issues, shortened: a large request does not cause a large answer. */
function short(issues: readonly Issue[]): Issue[] {
  return firstIssues(issues).map(({ path, message }) => ({
    path: cut(path, MOST_PATH),
    message: cut(message, MOST_MESSAGE),
  }))
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

/** A problem as an answer to a request; under `/v2` with the `error` of the Open Inference Protocol. */
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

/** Ends a request because its contents cannot be used. */
export class Refused extends Error {
  readonly status: number
  readonly issues: readonly Issue[]
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined

  constructor(status: number, issues: readonly Issue[], retryAfter?: number) {
    super('refused')
    this.status = status
    this.issues = issues
    this.retryAfter = retryAfter
  }
}

/** Collects the first issues and counts the others: a request may have a million. */
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
