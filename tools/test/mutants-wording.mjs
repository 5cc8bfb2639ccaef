// Mutation testing leaves the wording of messages alone: tests compare the place of a problem and the facts in its
// message, so an empty sentence would show nothing about them.
const words = (node) => {
  if (node.type === 'StringLiteral') return node.value
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.raw).join('')
  return ''
}

const shouldIgnore = ({ node }) => (words(node).includes(' ') ? 'the wording of a message' : undefined)

export const strykerPlugins = [{ kind: 'Ignore', name: 'wording', value: { shouldIgnore } }]
