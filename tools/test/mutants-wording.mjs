// What mutation testing leaves alone: the wording of messages. Tests compare where a problem is and what matters of
// what is said; a sentence made empty tells nothing about them.
const words = (node) => {
  if (node.type === 'StringLiteral') return node.value
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.raw).join('')
  return ''
}

const shouldIgnore = ({ node }) => (words(node).includes(' ') ? 'the wording of a message' : undefined)

export const strykerPlugins = [{ kind: 'Ignore', name: 'wording', value: { shouldIgnore } }]
