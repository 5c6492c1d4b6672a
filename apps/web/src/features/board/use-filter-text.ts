import { useEffect, useState } from 'react'
import { useLatest } from '../../ui/latest.ts'

export interface FilterText {
  /** What stands in the box: a word under composition too. */
  text: string
  /** What is filtered by. */
  words: string
  setText(text: string): void
  setWords(words: string): void
}

/** Browsers limit how often the address may be written; typing is gathered for so long. */
const gatherMs = 200

/**
 * The filter's text: at once in the box, a moment later in the address, and the address's where it changes by itself
 * (the way back, a link).
 */
export function useFilterText(inAddress: string, write: (q: string) => void): FilterText {
  const [text, setText] = useState(inAddress)
  const [words, setWords] = useState(inAddress)
  /** `written`: what this box wrote and the address has not shown yet; seeing it there is no news. */
  const [address, setAddress] = useState({ seen: inAddress, written: [] as readonly string[] })
  const latestWrite = useLatest(write)

  if (address.seen !== inAddress) {
    const own = address.written.indexOf(inAddress)
    setAddress({ seen: inAddress, written: own < 0 ? [] : address.written.slice(own + 1) })
    if (own < 0 && inAddress !== words) {
      setText(inAddress)
      setWords(inAddress)
    }
  }
  useEffect(() => {
    if (words === (address.written.at(-1) ?? address.seen)) return
    const timer = setTimeout(() => {
      setAddress(now => ({ ...now, written: [...now.written, words] }))
      latestWrite.current(words)
    }, gatherMs)
    return () => clearTimeout(timer)
  }, [words, address, latestWrite])
  return {
    text,
    words,
    setText,
    setWords(next) {
      setText(next)
      setWords(next)
    },
  }
}
