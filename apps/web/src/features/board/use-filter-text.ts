import { useEffect, useRef, useState } from 'react'

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
  const seen = useRef(inAddress)
  /** What this box wrote and the address has not shown yet: seeing it there is no news. */
  const written = useRef<string[]>([])
  const writeRef = useRef(write)
  writeRef.current = write

  if (seen.current !== inAddress) {
    seen.current = inAddress
    const own = written.current.indexOf(inAddress)
    written.current = own < 0 ? [] : written.current.slice(own + 1)
    if (own < 0 && inAddress !== words) {
      setText(inAddress)
      setWords(inAddress)
    }
  }
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words === (written.current.at(-1) ?? seen.current)) return
      written.current.push(words)
      writeRef.current(words)
    }, gatherMs)
    return () => clearTimeout(timer)
  }, [words])
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
