import { useEffect } from 'react'
import { useLatest } from './latest.ts'

/** What a key press is judged by: a KeyboardEvent has it all. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
  defaultPrevented: boolean
}

/** Words of an input method being composed are never keys; Safari reports its last key after the composition, as 229. */
export function isComposing(press: Pick<Press, 'isComposing' | 'keyCode'>): boolean {
  return press.isComposing || press.keyCode === 229
}

/**
 * The key, where the press is meant for the page: not while typing or composing, and never together with Ctrl, Cmd or
 * Alt, which belong to the browser.
 */
export function keyOf(press: Press, isTyping: boolean): string | null {
  if (press.defaultPrevented || isTyping || isComposing(press)) return null
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  return press.key
}

/** Whether keys typed now go into a text. */
export function isTypingIn(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}

/** A dialog or a menu has the keyboard for itself. */
function isOverlaid(target: EventTarget | null): boolean {
  if (document.querySelector('dialog:modal') !== null) return true
  return target instanceof Element && target.closest('[popover]') !== null
}

/** A handler that answers `false` leaves the press to the browser. */
export type KeyMap = Readonly<Record<string, ((event: KeyboardEvent) => unknown) | undefined>>

/**
 * Single keys for the whole page, by `KeyboardEvent.key`. They rest while somebody types, composes, or has a dialog or
 * menu open, and a press that a handler takes does nothing else.
 */
export function useKeys(map: KeyMap, enabled = true): void {
  const current = useLatest(map)
  useEffect(() => {
    if (!enabled) return
    let composing = false
    const onStart = () => (composing = true)
    const onEnd = () => (composing = false)
    const onKey = (event: KeyboardEvent) => {
      if (composing || isOverlaid(event.target)) return
      const key = keyOf(event, isTypingIn(event.target))
      const handler = key === null ? undefined : current.current[key]
      if (!handler) return
      // Enter and Space press the button or follow the link that has the focus.
      if (
        (key === 'Enter' || key === ' ') &&
        event.target instanceof Element &&
        event.target.closest('button, a, summary')
      ) {
        return
      }
      if (handler(event) !== false) event.preventDefault()
    }
    document.addEventListener('compositionstart', onStart, true)
    document.addEventListener('compositionend', onEnd, true)
    document.addEventListener('focusout', onEnd, true)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('compositionstart', onStart, true)
      document.removeEventListener('compositionend', onEnd, true)
      document.removeEventListener('focusout', onEnd, true)
      document.removeEventListener('keydown', onKey)
    }
  }, [enabled, current])
}
