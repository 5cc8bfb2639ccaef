// Everything that Node loads from this package, as one file: both entries lead to it (tools/lib/bundle.mjs)

export * from './backend/index.ts'
export * from './index.ts'
