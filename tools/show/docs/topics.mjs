/**
 * The topics of a package's index: what it exports under each heading, in order, but first what a file named after its
 * folder exports. An index without headings is one topic; what stands before the first heading belongs to it.
 */
export function topicsOf(index) {
  const topics = []
  for (const [, heading, exported, from] of index.matchAll(
    /^\/\/ (.+)$|^export (?:type )?\{([^}]*)\} from '(?:\.\/)?([^']+)\.ts'/gm,
  )) {
    if (heading) {
      const title = heading.replace(/;.*$/, '')
      topics.push({ title, slug: slugOf(title), first: [], more: [] })
      continue
    }
    if (topics.length === 0) topics.push({ title: '', slug: '', first: [], more: [] })
    const names = exported.split(',').flatMap((name) => name.trim() || [])
    const [room, file] = from.split('/').slice(-2)
    const topic = topics.at(-1)
    if (room === file) topic.first.push(...names)
    else topic.more.push(...names)
  }
  return topics.map(({ title, slug, first, more }) => ({ title, slug, names: [...first, ...more] }))
}

const slugOf = (title) =>
  title
    .replace(/[,:].*$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
