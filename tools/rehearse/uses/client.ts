import { somClient } from '@som/client'

const found = await somClient('http://127.0.0.1:1')
  .GET('/v1/map')
  .catch((error: Error) => error.name)
console.log(found)
