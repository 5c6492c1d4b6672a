import { registerHooks } from 'node:module'

/** The module that is asked for with this behind it is the real one: a control may build on what it replaces. */
const real = '?real'

/**
 * From here on whoever imports a module of the server gets another one in its place.
 * @param original path from the server's `src`
 * @param replacement address of the module that stands in for it; what it imports with `?real` behind is the original
 */
export function replace(original: string, replacement: string): void {
  const address = new URL(`../../../apps/bff/src/${original}`, import.meta.url).href
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      return found.url === address && !specifier.endsWith(real) ? { ...found, url: replacement } : found
    },
  })
}
