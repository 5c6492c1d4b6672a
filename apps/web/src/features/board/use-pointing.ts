import { useEffect, type RefObject } from 'react'
import { useLatest } from '../../ui/latest.ts'

/** A mouse left lying on the table holds nothing for ever. */
const restsAfterMs = 10_000

/** Tells when somebody points into an element: the focus is inside, or the mouse is and has moved lately. */
export function usePointing(target: RefObject<HTMLElement | null>, onHeld: (isHeld: boolean) => void): void {
  const latest = useLatest(onHeld)
  useEffect(() => {
    const element = target.current
    if (!element) return
    let pointer = false
    let focus = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => latest.current(pointer || focus)
    const rest = () => {
      clearTimeout(timer)
      pointer = false
      tell()
    }
    const onMove = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return
      clearTimeout(timer)
      timer = setTimeout(rest, restsAfterMs)
      pointer = true
      tell()
    }
    const onIn = () => {
      focus = true
      tell()
    }
    const onOut = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && element.contains(event.relatedTarget)) return
      focus = false
      tell()
    }
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerleave', rest)
    element.addEventListener('focusin', onIn)
    element.addEventListener('focusout', onOut)
    return () => {
      clearTimeout(timer)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerleave', rest)
      element.removeEventListener('focusin', onIn)
      element.removeEventListener('focusout', onOut)
    }
  }, [target, latest])
}
