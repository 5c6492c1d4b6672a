/**
 * Whether a name of a workspace or a namespace fits a pattern: `*` stands for any text, also for none and in the middle; everything
 * else for itself. Nothing is ever tried twice, so no pattern is slow.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  if (parts.length === 1) return pattern === text
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return from <= text.length - last.length
}
