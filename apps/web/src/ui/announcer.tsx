import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react'

type Announce = (text: string) => void
const AnnounceContext = createContext<Announce>(() => {})

/** The one polite live region of the page. The same text twice is spoken twice. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', turn: 0 })
  const turn = useRef(0)
  const announce = useCallback<Announce>(text => setSaid({ text, turn: ++turn.current }), [])
  return (
    <AnnounceContext value={useMemo(() => announce, [announce])}>
      {children}
      <div className="sr" aria-live="polite" aria-atomic="true">
        {said.turn > 0 && <span key={said.turn}>{said.text}</span>}
      </div>
    </AnnounceContext>
  )
}

/** Says something to whoever listens with a screen reader, without moving the focus. */
export function useAnnounce(): Announce {
  return use(AnnounceContext)
}
