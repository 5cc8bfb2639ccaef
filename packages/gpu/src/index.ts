export { gpu } from './node.ts'
export type { GpuOptions } from './options.ts'
