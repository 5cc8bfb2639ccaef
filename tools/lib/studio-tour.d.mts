import type { Page } from 'playwright'

/** Takes the tour; pictures go to `folder`. Gives the path of the CSV file that it saves. */
export function takeTour(page: Page, table: string, folder: string): Promise<string>
