import { STATUS_CODES } from 'node:http'
import type { Issue } from '@som/core'

/** What is answered where a request cannot be served: a problem document, RFC 9457, with every issue at once. */
export interface ProblemDocument {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly issues?: readonly Issue[]
}

export const PROBLEM_TYPE = 'application/problem+json'

export function problemDocument(status: number, detail?: string, issues?: readonly Issue[]): ProblemDocument {
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: 'about:blank', title, status, ...(detail && { detail }), ...(issues && { issues }) }
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
