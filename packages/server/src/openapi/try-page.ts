/** The program of the page: it shows what `/openapi.json` says, and sends what its reader writes. */
export const PAGE_SCRIPT = `
const make = (tag, props = {}, ...parts) => {
  const node = Object.assign(document.createElement(tag), props)
  node.append(...parts)
  return node
}
const key = make('input', { type: 'password', placeholder: 'key', autocomplete: 'off', ariaLabel: 'key' })
document.querySelector('header').append(key)
const exampleOf = (schema = {}) => {
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const [one] = schema.oneOf ?? schema.anyOf ?? []
  if (one) return exampleOf(one)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return Object.fromEntries((schema.required ?? []).map((name) => [name, exampleOf(schema.properties?.[name])]))
  if (type === 'array') return schema.items ? [exampleOf(schema.items)] : []
  return { string: '', number: 0, integer: 1, boolean: false }[type] ?? null
}
const show = (method, path, operation) => {
  const fields = operation.parameters.map((parameter) => {
    const input = make('input', { placeholder: parameter.in, ariaLabel: parameter.name })
    return { parameter, input, row: make('label', {}, parameter.name + ' ', input) }
  })
  const content = operation.requestBody?.content ?? {}
  const type = make('select', { ariaLabel: 'media type' }, ...Object.keys(content).map((name) => make('option', { textContent: name })))
  const first = content['application/json']?.schema
  const body = make('textarea', { rows: 6, ariaLabel: 'body', value: first ? JSON.stringify(exampleOf(first), null, 2) : '' })
  const answer = make('pre')
  const send = make('button', { textContent: 'Send' })
  send.onclick = async () => {
    let url = path
    const query = new URLSearchParams()
    for (const { parameter, input } of fields) {
      if (parameter.in === 'path') url = url.replace('{' + parameter.name + '}', encodeURIComponent(input.value))
      else if (input.value !== '') query.set(parameter.name, input.value)
    }
    const headers = key.value ? { authorization: 'Bearer ' + key.value } : {}
    const hasBody = Object.keys(content).length > 0
    if (hasBody) headers['content-type'] = type.value
    answer.textContent = '…'
    try {
      const found = await fetch(url + (query.size ? '?' + query : ''), { method, headers, body: hasBody ? body.value : undefined })
      answer.textContent = found.status + ' ' + found.statusText + '\\n' + (await found.text()).slice(0, 100000)
    } catch (error) {
      answer.textContent = String(error)
    }
  }
  return make('details', {}, make('summary', {}, make('b', { textContent: method.toUpperCase() }), ' ' + path + ' ', make('i', { textContent: operation.summary })),
    ...fields.map(({ row }) => row), ...(Object.keys(content).length ? [type, body] : []), send, answer)
}
const main = document.querySelector('main')
const found = await fetch('/openapi.json')
const { paths } = await found.json()
for (const [path, methods] of Object.entries(paths))
  for (const [method, operation] of Object.entries(methods)) main.append(show(method, path, operation))
`

/** A page to try the interface. It loads nothing from elsewhere. */
export function tryPage(): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>som</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}
header{display:flex;gap:1rem;align-items:baseline}
details{border-top:1px solid #8886;padding:.4rem 0}
summary{cursor:pointer}summary b{display:inline-block;width:4.5rem}summary i{opacity:.7}
label,select,textarea,button{display:block;margin:.4rem 0}textarea{width:100%;font-family:monospace}
pre{overflow:auto;max-height:24rem}
</style>
<header><h1>som</h1></header><main></main><script type="module">${PAGE_SCRIPT}</script></html>
`
}
