/**
 * Where on this origin a wish to go somewhere leads. Browsers read `//host` and `/\host` as another site, so only a path
 * with one slash at its beginning is followed; anything else becomes the board.
 */
export function ownPath(wish: string | null | undefined): string {
  if (typeof wish !== 'string' || !/^\/(?![/\\])/.test(wish) || [...wish].some(sign => sign < ' ' || sign === '\\'))
    return '/'
  const base = 'http://own.invalid'
  const url = URL.parse(wish, base)
  return url?.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/'
}

/**
 * The path of the page's own address, such that it can be written into the history: `//evil.example/x` is a path here
 * and another site there.
 * @returns null where the path is fine as it is
 */
export function mendedPath(pathname: string): string | null {
  const mended = `/${pathname.replace(/^[/\\]+/, '')}`
  return mended === pathname ? null : mended
}
