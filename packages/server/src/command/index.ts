// What all commands share once they run.
export { isWithin } from '../is-within.ts'
export type { BackendName } from '../settings/backend-names.ts'
export { BACKENDS, MOST_THREADS } from '../settings/backend-names.ts'
export type { Runner } from './backend.ts'
export { backendOf, runnerOf } from './backend.ts'
export { complain, issuesIn, note, operands, optionIssues } from './issues.ts'
export { orRefuse, Refusal, refuseAny, untilRefused } from './refusal.ts'
export { untilEnded } from './until-ended.ts'
