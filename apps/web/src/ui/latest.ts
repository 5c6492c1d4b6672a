import { useInsertionEffect, useRef, type RefObject } from 'react'

/** The value of the newest render, for what is called later: a timer, an answer, a button of a toast. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useInsertionEffect(() => {
    latest.current = value
  })
  return latest
}
