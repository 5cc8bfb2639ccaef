export type { PageFile } from './page-files.ts'
export { PAGE_HEADERS, pageFiles } from './page-files.ts'
