// The server

// What it keeps
export type { Data } from './data/data.ts'
export { openData } from './data/data.ts'
// Training jobs
export type { Job, JobEvent, JobState } from './jobs/job.ts'
export { runJobWorker } from './jobs/job-worker.ts'
export type { JobRequest } from './jobs/request.ts'
export type { WorkerStart } from './jobs/runner.ts'
// Who may do what
export type { KeyEntry, KeyStore, KeyWish } from './keys/key-store.ts'
export type { Limits } from './keys/limits.ts'
export { LIMITS } from './keys/limits.ts'
export type { Scope } from './keys/scopes.ts'
export { SCOPES } from './keys/scopes.ts'
export type { ProblemDocument } from './problem.ts'
export { Refused } from './problem.ts'
export type { Deposit, Lineage, MapEntry, Page, Registry, Version, Which } from './registry/registry.ts'
export type { Prediction } from './scoring/scorer.ts'
export type { Parts } from './server.ts'
export { createServer } from './server.ts'
export type { Settings, Written } from './settings.ts'
export { openIssues, settingsOf } from './settings.ts'
export { openShared } from './shared/open-shared.ts'
export type { SharedAddress } from './shared/shared-address.ts'
export { sharedAddressOf } from './shared/shared-address.ts'
export { Unreachable } from './shared/unreachable.ts'
