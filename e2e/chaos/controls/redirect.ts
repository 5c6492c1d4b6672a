import { registerHooks } from 'node:module'

/**
 * Lets a wrong file stand in for one of the server's, for every importer but itself: the wrong one may build on the right one.
 * @param stands by the end of the right file's path, the wrong file beside `from`
 * @param from the `import.meta.url` of whoever asks
 */
export function redirect(stands: Readonly<Record<string, string>>, from: string): void {
  const pairs = Object.entries(stands).map(([end, wrong]) => ({ end, wrong: new URL(wrong, from).href }))
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      const stand = pairs.find(({ end, wrong }) => found.url.endsWith(end) && context.parentURL !== wrong)
      return stand ? { ...found, url: stand.wrong } : found
    },
  })
}
