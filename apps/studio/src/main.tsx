import 'uplot/dist/uPlot.min.css'
import './style.css'
import { defineSomMap } from '@som/map-view'
import { render } from 'preact'
import { start } from './state/start.ts'
import { App } from './views/app.tsx'

defineSomMap()
const root = document.getElementById('app')
if (root) render(<App />, root)
start()
