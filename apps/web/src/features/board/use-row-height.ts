import { useLayoutEffect, useState, type RefObject } from 'react'

/** Widths up to this show each row as a card of two or three lines; the style sheet says the same. */
const cardsUpTo = 640

/** The height of a row comes from the tokens, and whether it is a card from the room there is. */
export function useRowHeight(box: RefObject<HTMLElement | null>): { height: number; isCards: boolean } {
  const [room, setRoom] = useState({ height: 36, isCards: false })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      const isCards = element.clientWidth <= cardsUpTo
      const token = Number.parseFloat(getComputedStyle(element).getPropertyValue(isCards ? '--card' : '--row'))
      const height = Number.isFinite(token) ? token : 36
      setRoom(before => (before.height === height && before.isCards === isCards ? before : { height, isCards }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return room
}
