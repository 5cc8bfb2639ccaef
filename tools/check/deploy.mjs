// Checks what som serve is deployed by, without an engine: the Dockerfile by Docker's own rules, the manifests by the
// schemas of Kubernetes, and all of it by rules of ours: no root, nothing to write to, probes that need no key.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { parseAllDocuments } from 'yaml'
import { root } from '../lib/process.mjs'

const deploy = join(root, 'deploy')
const problems = []
const expect = (holds, message) => holds || problems.push(message)

function checkDockerfile(path) {
  const text = readFileSync(path, 'utf8')
  for (const { range, message } of validate(text)) problems.push(`Dockerfile:${range.start.line + 1}: ${message}`)
  const instructions = text.split('\n').filter((line) => /^[A-Z]+ /.test(line))
  const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')))
  const user = last.findLast((line) => line.startsWith('USER '))
  expect(
    /^USER [1-9]\d*:[1-9]\d*$/.test(user ?? ''),
    `Dockerfile: expected USER with two numbers above 0, found ${user}`,
  )
  expect(!last.some((line) => line.startsWith('RUN ')), 'Dockerfile: expected no RUN in the last stage, found one')
  for (const image of instructions.filter((line) => line.startsWith('FROM ')))
    expect(/:[\w.-]+/.test(image) && !/:latest/.test(image), `Dockerfile: ${image}: expected a tag, and not latest`)
  for (const name of ['ENTRYPOINT', 'HEALTHCHECK'])
    expect(
      last.some((line) => line.startsWith(name) && line.includes('["')),
      `Dockerfile: expected ${name} without a shell`,
    )
}

/** Kubernetes' own class for a kind, which knows its schema. */
const modelOf = async ({ apiVersion, kind }) => (await import(`kubernetes-models/${apiVersion}`))[kind]

async function checkManifest(name, text) {
  for (const document of parseAllDocuments(text)) {
    for (const error of document.errors) problems.push(`${name}: ${error.message}`)
    const manifest = document.toJS()
    const what = `${name}: ${manifest.kind} ${manifest.metadata?.name}`
    try {
      const Model = await modelOf(manifest)
      new Model(manifest).validate()
    } catch (error) {
      problems.push(`${what}: ${error.message}`)
    }
    if (manifest.kind === 'Deployment') checkPod(what, manifest.spec.template.spec)
  }
}

function checkPod(what, pod) {
  expect(pod.securityContext?.runAsNonRoot === true, `${what}: expected runAsNonRoot`)
  expect(pod.automountServiceAccountToken === false, `${what}: expected no token of a service account`)
  const volumes = pod.volumes.map(({ name }) => name)
  for (const container of pod.containers) {
    const { readOnlyRootFilesystem, allowPrivilegeEscalation, capabilities } = container.securityContext ?? {}
    expect(readOnlyRootFilesystem === true, `${what}: expected a root file system that is read only`)
    expect(allowPrivilegeEscalation === false, `${what}: expected no escalation of privileges`)
    expect(capabilities?.drop?.includes('ALL'), `${what}: expected all capabilities dropped`)
    expect(container.resources?.limits?.memory, `${what}: expected a limit of memory`)
    expect(!/:latest$|^[^:]+$/.test(container.image), `${what}: expected an image with a tag, found ${container.image}`)
    for (const { name } of container.volumeMounts) expect(volumes.includes(name), `${what}: no volume is named ${name}`)
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'])
      expect(
        openPaths().includes(container[probe]?.httpGet?.path),
        `${what}: ${probe}: expected a path served without a key`,
      )
  }
}

/** The paths at which the server says that it lives, without a key, by its own source. */
function openPaths() {
  const source = readFileSync(join(root, 'packages', 'server', 'src', 'routes', 'health.ts'), 'utf8')
  const [, list] = source.match(/PATHS = \[(.*?)\]/s)
  return [...list.matchAll(/'([^']+)'/g)].map(([, path]) => path)
}

/** A unit of systemd: sections of names and values, with what keeps the service within its bounds. */
function checkUnit(text) {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of lines)
    expect(/^\[\w+\]$|^\w+=/.test(line), `som.service: expected [Section] or Name=value, found ${line}`)
  for (const line of ['DynamicUser=yes', 'NoNewPrivileges=yes', 'ProtectSystem=strict'])
    expect(lines.includes(line), `som.service: expected ${line}`)
}

checkDockerfile(join(deploy, 'Dockerfile'))
const manifests = join(deploy, 'kubernetes')
for (const name of readdirSync(manifests)) await checkManifest(name, readFileSync(join(manifests, name), 'utf8'))
checkUnit(readFileSync(join(deploy, 'som.service'), 'utf8'))
for (const problem of problems) console.log(problem)
process.exitCode = problems.length === 0 ? 0 : 1
