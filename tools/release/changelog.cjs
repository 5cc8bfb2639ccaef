// How a changeset stands in a changelog: its sentence, and where it came from. What only moved because a dependency did
// gets one line. Called by changesets, which loads CommonJS.

/** A change, with the commit that brought it. */
async function getReleaseLine({ summary, commit }) {
  const [first, ...rest] = summary.trim().split('\n')
  const from = commit ? ` (${commit.slice(0, 7)})` : ''
  return [`- ${first}${from}`, ...rest.map((line) => `  ${line}`.trimEnd())].join('\n')
}

/** The versions that a package now depends on. */
async function getDependencyReleaseLine(_changesets, updated) {
  if (updated.length === 0) return ''
  return `- Goes with ${updated.map(({ name, newVersion }) => `${name} ${newVersion}`).join(', ')}.`
}

module.exports = { default: { getReleaseLine, getDependencyReleaseLine } }
