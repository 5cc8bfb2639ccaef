// Checks that the changesets can be released: each names packages that exist, and together they make a release plan.
import getReleasePlan from '@changesets/get-release-plan'
import { root } from '../lib/process.mjs'

const { changesets, releases } = await getReleasePlan(root)
const wordless = changesets.filter(({ summary }) => summary.trim() === '')
for (const { id } of wordless) console.log(`.changeset/${id}.md: expected a sentence for the changelog, found none`)
for (const { name, oldVersion, newVersion } of releases.filter(({ type }) => type !== 'none'))
  console.log(`${name}: ${oldVersion} becomes ${newVersion}`)
process.exitCode = wordless.length === 0 ? 0 : 1
