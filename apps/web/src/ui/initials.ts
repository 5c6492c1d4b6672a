const cjk = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

/** One or two letters that stand for a name: the last sign of a Chinese name, the first letters of two words else. */
export function initialsOf(name: string): { text: string; isCjk: boolean } {
  const signs = [...name.trim()]
  if (signs.length === 0) return { text: '?', isCjk: false }
  const last = signs.at(-1) ?? ''
  if (cjk.test(last)) return { text: last, isCjk: true }
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const first = [...(words[0] ?? signs[0] ?? '')]
  const second = words.length > 1 ? [...(words.at(-1) ?? '')][0] : first[1]
  return { text: `${first[0] ?? ''}${second ?? ''}`.toUpperCase(), isCjk: false }
}
