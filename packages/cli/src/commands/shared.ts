/** What `--backend` may be, said without loading a backend. */
export const BACKEND_HELP = 'auto, native or js: where the arithmetic runs; the map is the same (default: auto)'
