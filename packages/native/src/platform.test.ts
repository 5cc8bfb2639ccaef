import { parseTriple } from '@napi-rs/cli'
import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { readElf } from './elf.ts'
import { hostTriple, TRIPLES } from './platform.ts'

test('a package is published for each platform that an addon is looked for on', () => {
  expect(packageJson.napi.targets.map((target) => parseTriple(target).platformArchABI)).toEqual(TRIPLES)
})

test.runIf(process.platform === 'linux')('the C library that Node asks for is the one that its report shows', () => {
  const report: { excludeNetwork?: boolean } & NodeJS.ProcessReport = process.report
  report.excludeNetwork = true
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } }
  const library = header.glibcVersionRuntime === undefined ? 'musl' : 'gnu'
  expect(hostTriple()).toBe(`linux-${process.arch}-${library}`)
  expect(readElf(process.execPath)?.interpreter).toContain(library === 'musl' ? '/ld-musl-' : '/ld-linux-')
})
