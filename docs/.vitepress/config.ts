import { defineConfig } from 'vitepress'

const guide = [
  { text: 'From a table to a served map', link: '/guide/' },
  { text: 'Reading the pictures', link: '/guide/pictures' },
  { text: 'Concepts and formulas', link: '/guide/concepts' },
  { text: 'How good is a map?', link: '/guide/quality' },
  { text: 'Choosing a backend', link: '/guide/backends' },
  { text: 'In production', link: '/guide/production' },
]

const moving = [
  { text: 'From MiniSom', link: '/guide/from-minisom' },
  { text: 'From R kohonen', link: '/guide/from-kohonen' },
  { text: 'From somoclu', link: '/guide/from-somoclu' },
]

const design = [
  { text: 'Arithmetic: the same bits', link: '/design/arithmetic' },
  { text: 'Exact matching', link: '/design/matching' },
  { text: 'Online steps', link: '/design/online' },
  { text: 'The native addon', link: '/design/native' },
  { text: 'WebAssembly', link: '/design/wasm' },
  { text: 'Performance', link: '/performance' },
]

const packages = ['core', 'native', 'io', 'plot', 'recipes', 'server', 'client', 'tracking', 'cli']
const api = packages.map((name) => ({ text: `@som/${name}`, link: `/api/${name}` }))

/** The site that `npm run docs` builds into out/docs; the pages of api/ and the pictures are made first. */
export default defineConfig({
  title: 'Som',
  description: 'Self-organising maps for TypeScript',
  lang: 'en-GB',
  base: process.env.SOM_DOCS_BASE ?? '/',
  outDir: '../out/docs',
  cacheDir: '../out/docs-cache',
  lastUpdated: false,
  markdown: { math: true },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide/' },
      { text: 'API', link: '/api/core' },
      { text: 'Performance', link: '/performance' },
    ],
    sidebar: [
      { text: 'Guide', items: guide },
      { text: 'Moving here', items: moving },
      { text: 'API', items: api, collapsed: true },
      { text: 'Design', items: design, collapsed: true },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: 'https://github.com/som-maps/som' }],
  },
})
