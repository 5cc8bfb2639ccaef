// Writes one page per command of som from its help: `node --conditions=@som/source command-pages.mjs FOLDER`.
// `menu.json` lists them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../../lib/process.mjs'

// Node reads TypeScript without help from 22.18 on.
if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { COMMANDS } = await import('../../../packages/cli/src/commands.ts')
const { Command } = createRequire(join(root, 'packages', 'cli', 'package.json'))('@commander-js/extra-typings')

const folder = process.argv[2]
mkdirSync(folder, { recursive: true })
const lines = []
for (const [name, { usage, description, load }] of Object.entries(COMMANDS)) {
  const command = (await load())(new Command(name).description(description).usage(usage), () => {})
  writeFileSync(join(folder, `${name}.md`), pageOf(`som ${name}`, command))
  lines.push(`- [som ${name}](${name}.md): ${plain(description)}`)
}
writeFileSync(
  join(folder, 'index.md'),
  `# Commands\n\n${lines.join('\n')}\n\nEach command prints this with \`--help\`.\n`,
)
const items = Object.keys(COMMANDS).map((name) => ({ text: `som ${name}`, link: `/commands/${name}` }))
writeFileSync(join(folder, 'menu.json'), JSON.stringify(items))

function pageOf(title, command) {
  const help = command.createHelp()
  const parts = [`# ${title}`, plain(command.description()), `\`\`\`text\n${title} ${command.usage()}\n\`\`\``]
  const given = textBeside(command)
  if (given) parts.push(`\`\`\`text\n${given}\n\`\`\``)
  parts.push(...table('argument', help.visibleArguments(command), help.argumentTerm, help.argumentDescription, help))
  parts.push(...table('option', help.visibleOptions(command), help.optionTerm, help.optionDescription, help))
  for (const sub of help.visibleCommands(command).filter((one) => one.name() !== 'help'))
    parts.push(`## ${sub.name()}`, plain(sub.description()))
  return `${parts.join('\n\n')}\n`
}

/** What a command's help has before and after its own part, examples for one. */
function textBeside(command) {
  let all = ''
  command.configureOutput({ writeOut: (text) => (all += text) })
  command.outputHelp()
  return all.replace(command.helpInformation(), '').trim()
}

function table(kind, entries, term, description, help) {
  if (entries.length === 0) return []
  const rows = entries.map(
    (entry) => `| \`${cell(term.call(help, entry))}\` | ${cell(plain(description.call(help, entry)))} |`,
  )
  return [`| ${kind} | |\n| --- | --- |\n${rows.join('\n')}`]
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** Text that Markdown and Vue show unchanged. */
function plain(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{{', '&#123;{').replaceAll('*', '\\*')
}
