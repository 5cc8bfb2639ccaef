import { readFileSync } from 'node:fs'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { repositoryLinks } from './repository-links.ts'

const guide = [
  { text: 'From a table to a served map', link: '/guide/' },
  { text: 'The studio: maps in the browser', link: '/guide/studio' },
  { text: 'A tour of the studio', link: '/guide/studio-tour' },
  { text: 'Reading the pictures', link: '/guide/pictures' },
  { text: 'Concepts and formulas', link: '/guide/concepts' },
  { text: 'How good is a map?', link: '/guide/quality' },
  { text: 'Tables', link: '/guide/tables' },
  { text: 'Options of training', link: '/guide/options' },
  { text: 'What a map says about a row', link: '/guide/answers' },
  { text: 'Layers', link: '/guide/layers' },
  { text: 'Predicting and filling in', link: '/guide/predict' },
  { text: 'Rows on a plane', link: '/guide/embed' },
  { text: 'Choosing a backend', link: '/guide/backends' },
  { text: 'Tracking runs', link: '/guide/tracking' },
  { text: 'On Spark', link: '/guide/spark' },
  { text: 'Working with an agent', link: '/guide/agents' },
  { text: 'In production', link: '/guide/production' },
  { text: 'Maps as a service', link: '/serving' },
]

const recipes = [
  { text: 'Watching a stream', link: '/guide/watch' },
  { text: 'Finding groups', link: '/guide/segments' },
  { text: 'Palettes of images', link: '/guide/palette' },
]

const examples = [
  { text: 'Penguins: a first map', link: '/examples/penguins' },
  { text: 'Sensors: water in a pipe', link: '/examples/sensors' },
  { text: 'Segments: customers', link: '/examples/segments' },
  { text: 'Palette: a cup of coffee', link: '/examples/palette' },
]

const comparisons = [
  { text: 'Performance', link: '/performance' },
  { text: 'Measuring it yourself', link: '/guide/measuring' },
  { text: 'Anomalies', link: '/anomalies' },
  { text: 'Segments', link: '/segments' },
  { text: 'Rows on a plane', link: '/embedding' },
  { text: 'Palettes', link: '/palette' },
]

const moving = [
  { text: 'From MiniSom', link: '/guide/from-minisom' },
  { text: 'From R kohonen', link: '/guide/from-kohonen' },
  { text: 'From SuSi', link: '/guide/from-susi' },
  { text: 'From somoclu', link: '/guide/from-somoclu' },
  { text: 'From UMAP and HDBSCAN', link: '/guide/from-umap' },
]

const design = [
  { text: 'Defaults', link: '/design/defaults' },
  { text: 'Clusters', link: '/design/clusters' },
  { text: 'The model file', link: '/design/model-file' },
  { text: 'Tables: one reading', link: '/design/tables' },
  { text: 'Arithmetic: the same bits', link: '/design/arithmetic' },
  { text: 'Exact matching', link: '/design/matching' },
  { text: 'Online steps', link: '/design/online' },
  { text: 'Layers', link: '/design/layers' },
  { text: 'Prediction', link: '/design/prediction' },
  { text: 'Rows on a plane', link: '/design/embedding' },
  { text: 'The native addon', link: '/design/native' },
  { text: 'The start', link: '/design/start' },
  { text: 'WebAssembly', link: '/design/wasm' },
  { text: 'The GPU', link: '/design/gpu' },
  { text: 'Larger than memory', link: '/design/larger-than-memory' },
  { text: 'The API page', link: '/design/served-pages' },
  { text: 'The studio', link: '/design/studio' },
  { text: 'Workers', link: '/design/worker' },
  { text: 'Threads for large requests', link: '/design/pool' },
  { text: 'Fastify’s plugins', link: '/design/server-plugins' },
]

const measurements = [
  { text: 'Defaults', link: '/measurements/defaults' },
  { text: 'Exact matching', link: '/measurements/matching' },
  { text: 'Online steps', link: '/measurements/online' },
  { text: 'Prediction', link: '/measurements/prediction' },
  { text: 'Rows on a plane', link: '/measurements/embedding' },
  { text: 'The native addon', link: '/measurements/native' },
  { text: 'The start', link: '/measurements/start' },
  { text: 'Larger than memory', link: '/measurements/larger-than-memory' },
  { text: 'The GPU', link: '/measurements/gpu' },
  { text: 'Whole commands', link: '/measurements/whole' },
]

/** The menu of a folder of generated pages. */
function menuOf(folder: string): DefaultTheme.SidebarItem[] {
  return JSON.parse(readFileSync(new URL(`../${folder}/menu.json`, import.meta.url), 'utf8'))
}

/**
 * The site that `npm run docs` builds into out/docs; the pages of api/, commands/ and examples/, new.md and the
 * pictures are made first.
 */
export default defineConfig({
  title: 'Som',
  description: 'Self-organising maps for TypeScript',
  lang: 'en-GB',
  base: process.env.SOM_DOCS_BASE ?? '/',
  outDir: '../out/docs',
  cacheDir: '../out/docs-cache',
  lastUpdated: false,
  markdown: { math: true, config: repositoryLinks },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide/' },
      { text: 'Recipes', items: recipes },
      { text: 'Examples', items: examples },
      { text: 'Comparisons', items: comparisons },
      { text: 'Commands', link: '/commands/' },
      { text: 'API', link: '/api/core/' },
      { text: "What's new", link: '/new' },
    ],
    sidebar: [
      { text: 'Guide', items: guide },
      { text: 'Recipes', items: recipes },
      { text: 'Examples', items: examples },
      { text: 'Moving here', items: moving },
      { text: 'Comparisons', items: comparisons },
      { text: 'Commands', link: '/commands/', items: menuOf('commands'), collapsed: true },
      { text: 'API', items: menuOf('api'), collapsed: true },
      { text: 'Design', items: design, collapsed: true },
      { text: 'Measurements', items: measurements, collapsed: true },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: 'https://github.com/som-maps/som' }],
  },
})
