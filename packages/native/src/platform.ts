import { readElf } from './elf.ts'

/** The platforms with a published package: `@som/native-<triple>`. */
export const TRIPLES = [
  'linux-x64-gnu',
  'linux-x64-musl',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64-msvc',
] as const

/** The name of this machine's platform: operating system, processor, and C library if there are several. */
export function hostTriple(): string {
  const { platform, arch } = process
  if (platform === 'linux') return `linux-${arch}-${isMusl() ? 'musl' : 'gnu'}`
  return platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`
}

/**
 * The loader of Node's own libraries shows which C library is used. If it does not, Node's report does, which takes 5
 * ms to gather.
 */
function isMusl(): boolean {
  const [, library] = /\/ld-(musl|linux)[^/]*$/.exec(interpreterOf(process.execPath) ?? '') ?? []
  return library === undefined ? isReportedMusl() : library === 'musl'
}

function interpreterOf(program: string): string | null {
  try {
    return readElf(program)?.interpreter ?? null
  } catch {
    return null
  }
}

function isReportedMusl(): boolean {
  // Without this a report looks up the names of network peers, which can take seconds.
  const report: { excludeNetwork?: boolean } & NodeJS.ProcessReport = process.report
  report.excludeNetwork = true
  // getReport is typed as an object of unknown shape; Node documents its header.
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } }
  return header.glibcVersionRuntime === undefined
}
