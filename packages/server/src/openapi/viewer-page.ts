/** Where the parts of Swagger UI are served. */
export const VIEWER = { script: '/docs/swagger-ui.js', style: '/docs/swagger-ui.css' }

/**
 * Starts Swagger UI on `/openapi.json`. It asks for it once more with each key that its reader gives, since examples
 * are made of the maps that a key may look at, and is dark where the reader's system is.
 */
export const VIEWER_SCRIPT = `
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()
const again = (original, system) => (given) => {
  const done = original(given)
  system.specActions.download('/openapi.json')
  return done
}
let viewer
viewer = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#viewer',
  deepLinking: true,
  tryItOutEnabled: true,
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
  plugins: [{ statePlugins: { auth: { wrapActions: { authorize: again, logout: again } } } }],
  requestInterceptor: (request) => {
    const { bearer, header } = (request.loadSpec && viewer?.authSelectors.authorized().toJS()) || {}
    const key = bearer?.value ?? header?.value
    if (key) request.headers = { ...request.headers, authorization: 'Bearer ' + key }
    return request
  },
})
`

/** The page of `/docs`: Swagger UI, from this server alone. */
export const VIEWER_PAGE: string = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>som: try the interface</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="${VIEWER.style}">
<style>
body{margin:0}html.dark-mode{color-scheme:dark}nav{font:16px/1.5 system-ui,sans-serif;max-width:1460px;margin:auto;padding:12px 20px 0}nav a{color:#4990e2}
.swagger-ui .info{margin:16px 0}.swagger-ui .response-col_links{display:none}
@media (max-width:640px){.swagger-ui .opblock-tag{display:grid;grid-template-columns:1fr auto}.swagger-ui .opblock-tag small{grid-row:2;grid-column:1/-1;padding:0}}
</style>
<nav><a href="/">Maps and jobs</a></nav><div id="viewer"></div>
<script src="${VIEWER.script}"></script><script type="module">${VIEWER_SCRIPT}</script></html>
`
