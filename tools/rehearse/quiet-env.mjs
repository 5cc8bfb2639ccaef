// What npm hands on to the scripts it runs (`npm_config_…`) would speak for the registry that this script was started with.

/** The environment of a program that is to take its npm settings from files alone. */
export const quietEnv = (more = {}) => ({
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^npm_/i.test(name))
      .map((name) => [name, undefined]),
  ),
  NO_UPDATE_NOTIFIER: '1',
  ...more,
})
