import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'

export interface RowWindow {
  /** The first and the last row to put into the page, counted from 0; `last` is -1 where there is none. */
  first: number
  last: number
  /** Scrolls no further than needed to bring a row wholly into view. */
  reveal(index: number): void
}

/** Rows put into the page beyond each edge, so that a quick scroll finds them there. */
const beyond = 10

/**
 * Which of many rows of one height are in view.
 * @param head the height of what stays at the top of the scrolled box
 */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, height: number, head: number): RowWindow {
  const [view, setView] = useState({ first: 0, last: 40 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / height) - beyond)
      const last = Math.ceil((element.scrollTop + element.clientHeight) / height) + beyond
      setView(before => (before.first === first && before.last === last ? before : { first, last }))
    }
    measure()
    element.addEventListener('scroll', measure, { passive: true })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', measure)
      observer.disconnect()
    }
  }, [box, height])

  const reveal = useCallback(
    (index: number) => {
      const element = box.current
      if (!element) return
      const top = index * height
      const bottom = top + height + head - element.clientHeight
      if (element.scrollTop > top) element.scrollTo({ top })
      else if (element.scrollTop < bottom) element.scrollTo({ top: bottom })
    },
    [box, height, head],
  )
  // The list may have become shorter than where one was.
  const last = Math.min(count - 1, view.last)
  return { first: Math.min(view.first, Math.max(0, last)), last, reveal }
}
