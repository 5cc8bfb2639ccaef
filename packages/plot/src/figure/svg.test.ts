import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, it } from 'vitest'
import { escapeText, join, px, svgDocument, textAt } from './svg.ts'

/** The text of all <text> elements, as a reader of the file sees it. */
function textsOf(svg: string): string[] {
  const texts: string[] = []
  const parser = new SaxesParser()
  let within = false
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    within = name === 'text'
    if (within) texts.push('')
  })
  parser.on('closetag', () => {
    within = false
  })
  parser.on('text', (text) => {
    if (within) texts[texts.length - 1] += text
  })
  parser.write(svg).close()
  return texts
}

it('markup in a text is shown as it was written', () => {
  const text = '<script>alert("1 & 2")</script> \'quoted\', ]]> -->'
  expect(textsOf(svgDocument({ width: 1, height: 1, body: textAt(0, 0, text) }, text))).toEqual([text])
})

it('any text whatever gives a well-formed file', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      const texts = textsOf(svgDocument({ width: 1, height: 1, body: textAt(0, 0, a) }, b))
      expect(texts).toHaveLength(1)
    }),
  )
})

it('what XML cannot hold becomes the replacement character, and line ends become spaces', () => {
  expect(escapeText('a\u0000b\ud800c\uffff')).toBe('a\uFFFDb\uFFFDc\uFFFD')
  expect(escapeText('a\r\nb\tc')).toBe('a  b c')
})

it('lengths are rounded to hundredths and written short', () => {
  expect([0.5, -0.5, 1 / 3, 10, -0.001, 12.345].map(px)).toEqual(['.5', '-.5', '.33', '10', '0', '12.35'])
})

it('numbers of a path are parted only where they would run together', () => {
  expect(join(1, -2, 0.5, -0.5)).toBe('1-2 .5-.5')
})
