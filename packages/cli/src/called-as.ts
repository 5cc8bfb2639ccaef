/** Where npx keeps the packages that it fetches for one run. */
const NPX_CACHE = /[\\/]_npx[\\/]/

/**
 * How the user started this program, so that a printed command can be typed unchanged: `som` where it is installed,
 * `npx @som/cli` where npx fetched it, and what `tools/som.mjs` says in a checkout.
 */
export function calledAs(env: NodeJS.ProcessEnv = process.env, program: string | undefined = process.argv[1]): string {
  return env.SOM_CALLED_AS ?? (NPX_CACHE.test(program ?? '') ? 'npx @som/cli' : 'som')
}
