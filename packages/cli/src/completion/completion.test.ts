import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { som } from '../../test/harness.ts'
import { COMMANDS } from '../commands.ts'
import { completedCommands } from './words.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-completion-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'data.csv'), '')

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit']).status === 0

async function scriptFor(shell: string): Promise<string> {
  const file = join(folder, `som.${shell}`)
  const { code, out } = await som('completion', shell)
  expect(code).toBe(0)
  writeFileSync(file, out)
  return file
}

/** What bash runs when keys are typed into it, Tab among them. */
async function typedIntoBash(...lines: string[]): Promise<string[]> {
  const script = await scriptFor('bash')
  const som = `som() { printf '%s ' ran "$@"; echo; }`
  const input = `cd '${folder}'\n${som}\nsource '${script}'\n${lines.join('\n')}\nexit\n`
  const { stdout } = spawnSync('bash', ['--noprofile', '--norc', '-i'], {
    input,
    encoding: 'utf8',
    env: { ...process.env, INPUTRC: '/dev/null', TERM: 'dumb' },
  })
  return [...stdout.matchAll(/^ran (.*?) *$/gm)].map(([, words]) => words)
}

describe.skipIf(!has('bash'))('at Tab, bash itself', () => {
  it('completes a command, a kind, a word of a command and an option', async () => {
    const lines = ['som insp\t', 'som plot u-m\t', 'som keys rev\t', 'som train x --epo\t 3', 'som help trai\t']
    expect(await typedIntoBash(...lines)).toEqual([
      'inspect',
      'plot u-matrix',
      'keys revoke',
      'train x --epochs 3',
      'help train',
    ])
  })

  it('completes files as arguments and as values', async () => {
    const lines = ['som train da\t', 'som match map.som da\t', 'som train x --config da\t', 'som plot hits -o da\t']
    expect(await typedIntoBash(...lines)).toEqual([
      'train data.csv',
      'match map.som data.csv',
      'train x --config data.csv',
      'plot hits -o data.csv',
    ])
  })
})

it.each(['zsh', 'fish'])('the script for %s is one that the shell can read', async (shell) => {
  const file = await scriptFor(shell)
  if (has(shell)) expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' }).stderr).toBe('')
})

describe.skipIf(!has('fish'))('fish itself', () => {
  it('completes commands, their words, options and files', async () => {
    const file = await scriptFor('fish')
    const completed = (line: string): string[] => {
      const script = `source ${file}; complete -C '${line}'`
      const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { cwd: folder, encoding: 'utf8' })
      return stdout.split('\n').map((found) => found.split('\t')[0])
    }
    expect(completed('som insp')).toContain('inspect')
    expect(completed('som keys ')).toContain('revoke')
    expect(completed('som train x --epo')).toContain('--epochs')
    expect(completed('som train da')).toContain('data.csv')
  })
})

it('has every command with every option that it reads', async () => {
  const commands = await completedCommands(COMMANDS)
  expect(commands.map(({ name }) => name)).toEqual(Object.keys(COMMANDS))
  for (const { name, options } of commands) {
    const { out } = await som(name, '--help')
    for (const [, long] of out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm))
      expect(options.map((option) => option.long)).toContain(long)
  }
})

it('refuses another shell with those that there are', async () => {
  const { code, err } = await som('completion', 'csh')
  expect(code).toBe(2)
  expect(err).toContain('expected one of bash, zsh, fish')
})
