import { createContext, use, useMemo, useState, type ReactNode } from 'react'

const remembered = 'lockdesk.letter-keys'

interface LetterKeys {
  /** Single letters act on the page; some who speak to their computer, or read by a screen reader, turn them off. */
  on: boolean
  turn(on: boolean): void
}

const LetterKeysContext = createContext<LetterKeys>({ on: true, turn() {} })

export function LetterKeysProvider({ children }: { children: ReactNode }) {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(remembered) !== 'off'
    } catch {
      return true
    }
  })
  const keys = useMemo<LetterKeys>(
    () => ({
      on,
      turn(next) {
        setOn(next)
        try {
          localStorage.setItem(remembered, next ? 'on' : 'off')
        } catch {
          // Storage is closed to this page: the choice lasts until the page is left.
        }
      },
    }),
    [on],
  )
  return <LetterKeysContext value={keys}>{children}</LetterKeysContext>
}

export function useLetterKeys(): LetterKeys {
  return use(LetterKeysContext)
}
