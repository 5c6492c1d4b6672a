/** The search of a URL as flat text: `?q=123` is the text 123, and a draft's address keeps its slashes. */
export type FlatSearch = Record<string, string>

export function parseSearch(search: string): FlatSearch {
  return Object.fromEntries(new URLSearchParams(search))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) query.set(key, String(value))
  }
  const text = query.toString().replaceAll('%2F', '/')
  return text === '' ? '' : `?${text}`
}
