import { Command } from '@commander-js/extra-typings'
import { describeOptions, OPTIONS, optionAt } from '@som/core/options'
import { expect, it } from 'vitest'
import { trainCommand } from './commands/train.ts'
import { Flags } from './flags.ts'
import { flagOf, OPTION_FLAGS } from './option-flags.ts'
import { readOptions } from './read-options.ts'
import { asFlag } from './train/settings.ts'

const flags = trainCommand(new Command(), () => {}).options

it('every option of the table has one flag of som train, whose help has its default', () => {
  for (const { path, default: usual } of describeOptions()) {
    const [found, ...others] = flags.filter(({ long }) => long === flagOf(path))
    expect(others).toEqual([])
    const isOfSides = path === 'lattice.rows' || path === 'lattice.columns'
    const isOfStop = path.startsWith('stop.')
    expect(found.description).toContain(isOfSides ? 'default: 10 √rows' : isOfStop ? 'default: off' : usual)
  }
  const sets = Object.values(OPTION_FLAGS).flatMap((flag) => flag.sets)
  expect([...sets].sort()).toEqual(
    describeOptions()
      .map(({ path }) => path)
      .sort(),
  )
})

it('the choices of a flag are those of its option', () => {
  for (const { path } of describeOptions()) {
    const option = optionAt(path)
    if (option.kind !== 'choice') continue
    const help = flags.find(({ long }) => long === flagOf(path))?.description
    for (const name of option.of) expect(help).toContain(name)
  }
})

it('flags become the options that they set', () => {
  const read = new Flags()
  const options = readOptions(read, {
    ...{ size: '4x6', lattice: 'hexagonal', radius: '3:1', radiusDecay: 'linear', stop: '2', epochs: '7' },
    featureWeight: ['a=2', 'b=0'],
  })
  expect(read.issues).toEqual([])
  expect(options).toEqual({
    lattice: { rows: 4, columns: 6, cell: 'hexagonal' },
    radius: { start: 3, end: 1, decay: 'linear' },
    stop: { patience: 2 },
    epochs: 7,
    featureWeights: { a: 2, b: 0 },
  })
})

it("an issue of core's is reported under the flag of its option", () => {
  const at = (path: string) => asFlag({ path, message: '' }).path
  expect(['lattice', 'lattice.rows', 'lattice.cell', 'lattice.units'].map(at)).toEqual([
    ...['--size', '--size', '--lattice', '--units'],
  ])
  expect(['radius.decay', 'learningRate.end', 'phases[1].epochs', 'epochs, radius'].map(at)).toEqual([
    ...['--radius-decay', '--rate', '--phases', '--epochs, --radius'],
  ])
  expect(['featureWeights.a.b', 'from', 'samples'].map(at)).toEqual(['--feature-weight a.b', '--from', 'samples'])
  for (const name of Object.keys(OPTIONS)) if (name !== 'samples') expect(at(name)).toMatch(/^--/)
})
