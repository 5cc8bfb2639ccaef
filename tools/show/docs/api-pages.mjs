// Writes the API reference from the doc comments of what each package exports: `node api-pages.mjs FOLDER`. A package
// whose index has headings gets one page per heading, any other package one page. `menu.json` lists the pages for the
// site's menu.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Application, Converter, DeclarationReflection, ReflectionKind } from 'typedoc'
import { root } from '../../lib/process.mjs'
import { topicsOf } from './topics.mjs'

const folder = process.argv[2]
const packages = readdirSync(join(root, 'packages'))
const topics = new Map(
  packages.map((name) => [name, topicsOf(readFileSync(join(root, 'packages', name, 'src', 'index.ts'), 'utf8'))]),
)
const app = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: packages.map((name) => join(root, 'packages', name, 'src', 'index.ts')),
  tsconfig: join(root, 'tsconfig.tests.json'),
  readme: 'none',
  disableSources: true,
  excludeInternal: true,
  outputs: [{ name: 'markdown', path: folder }],
  logLevel: 'Error',
  router: 'module',
  entryFileName: 'index',
  useHTMLAnchors: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  sanitizeComments: true,
  // The order is that of the topics.
  sort: [],
  groupOrder: ['Functions', 'Variables', '*'],
})
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.children ?? []) {
    module.name = module.name.split('/')[0]
    if (!packages.includes(module.name)) throw new Error(`the API reference: expected a package, found ${module.name}`)
    divide(module, topics.get(module.name), project)
  }
})

/** Moves what a package exports into one module per topic, in the topic's order. */
function divide(module, [first, ...more], project) {
  const children = new Map((module.children ?? []).map((child) => [child.name, child]))
  const inOrder = (names) => names.flatMap((name) => children.get(name) ?? [])
  if (more.length === 0) {
    module.children = inOrder(first.names)
    return
  }
  module.children = []
  for (const { slug, names } of [first, ...more]) {
    const topic = new DeclarationReflection(slug, ReflectionKind.Module, module)
    project.registerReflection(topic, undefined, undefined)
    module.addChild(topic)
    for (const child of inOrder(names)) {
      child.parent = topic
      topic.addChild(child)
    }
  }
}

const project = await app.convert()
if (!project) throw new Error('cannot make the API reference')
await app.generateOutputs(project)

rmSync(join(folder, 'index.md'))
const menu = packages.map((name) => {
  const parts = topics.get(name)
  if (parts.length === 1) {
    retitle(join(folder, `${name}.md`), `@som/${name}`)
    return { text: `@som/${name}`, link: `/api/${name}` }
  }
  const contents = parts.map(
    ({ title, slug, names }) => `- [${title}](${slug}.md): ${names.filter(isValue).map(code).join(', ')}`,
  )
  writeFileSync(join(folder, name, 'index.md'), `# @som/${name}\n\n${contents.join('\n')}\n`)
  for (const { title, slug } of parts) retitle(join(folder, name, `${slug}.md`), title)
  const items = parts.map(({ title, slug }) => ({ text: title, link: `/api/${name}/${slug}` }))
  return { text: `@som/${name}`, link: `/api/${name}/`, items, collapsed: true }
})
writeFileSync(join(folder, 'menu.json'), JSON.stringify(menu))

function retitle(page, title) {
  writeFileSync(page, readFileSync(page, 'utf8').replace(/^# .+$/m, `# ${title}`))
}

/** Types are on the pages alone. */
function isValue(name) {
  return /^[a-z]|^[A-Z_]+$/.test(name)
}

function code(name) {
  return `\`${name}\``
}
