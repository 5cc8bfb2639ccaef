// What npm hands on to the scripts it runs (`npm_config_…`) would speak for the registry that this script was started
// with, and what a machine may publish with has no place in a rehearsal.

/** The environment of a program that takes its npm settings from a registry of ours, where one is given. */
export const quietEnv = ({ npmrc, url } = {}, more = {}) => ({
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^npm_|^NODE_AUTH_TOKEN$|^ACTIONS_ID_TOKEN/i.test(name))
      .map((name) => [name, undefined]),
  ),
  NO_UPDATE_NOTIFIER: '1',
  // Both: changesets reads the variable alone, and only a file can hold a token.
  ...(npmrc && { NPM_CONFIG_USERCONFIG: npmrc, npm_config_registry: url }),
  ...more,
})
