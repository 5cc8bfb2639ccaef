// What all commands share once they run.
export type { BackendName, Runner } from './backend.ts'
export { BACKENDS, backendOf, MOST_THREADS, runnerOf } from './backend.ts'
export { complain, issuesIn, note, operands, optionIssues } from './issues.ts'
export { orRefuse, Refusal, refuseAny, untilRefused } from './refusal.ts'
