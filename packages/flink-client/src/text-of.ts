/** The text of an answer. A byte order mark says nothing that UTF-8 needs. */
export function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
