/** Where npx keeps packages that it fetched to run them once. */
const NPX_CACHE = /[\\/]_npx[\\/]/

/**
 * How this program is called where its user stands, so that a command that it prints can be typed as it is: `som` where it is installed, `npx @som/cli` where npx
 * fetched it, and what `tools/som.mjs` says in a checkout.
 */
export function calledAs(env: NodeJS.ProcessEnv = process.env, program: string | undefined = process.argv[1]): string {
  return env.SOM_CALLED_AS ?? (NPX_CACHE.test(program ?? '') ? 'npx @som/cli' : 'som')
}
