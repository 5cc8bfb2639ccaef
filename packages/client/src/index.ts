export type { ClientOptions, Problem, SomClient } from './client.ts'
export { somClient } from './client.ts'
export type { components, operations, paths } from './interface.ts'
