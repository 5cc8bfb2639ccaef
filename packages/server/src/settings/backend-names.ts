/** The backends that the command line names. `auto` is native if it is installed and can run. */
export const BACKENDS = ['auto', 'native', 'gpu', 'js'] as const
export type BackendName = (typeof BACKENDS)[number]

/** The most threads of the native backend. */
export const MOST_THREADS = 1024
