import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useMessages } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import './dialog.css'
import { uiMessages } from './messages.ts'

export interface DialogProps {
  title: ReactNode
  /** One line below the title. */
  lead?: ReactNode
  onClose(): void
  children: ReactNode
  className?: string
}

/**
 * A modal dialog: mount it to open it. The browser's own <dialog> keeps the focus inside, closes on Esc, and gives the
 * focus back to what had it. Without inline styles, so that a strict content security policy may stand.
 */
export function Dialog({ title, lead, onClose, children, className = '' }: DialogProps) {
  const words = useMessages(uiMessages)
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={ref}
      className={`dialog ${className}`}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={event => {
        // Only the backdrop is the dialog itself; everything else lies in its children.
        if (event.target === event.currentTarget && isOutside(event.currentTarget, event)) onClose()
      }}
    >
      <header>
        <div className="grow">
          <h2 id={id}>{title}</h2>
          {lead !== undefined && <p className="t3">{lead}</p>}
        </div>
        <Button tone="bare" icon aria-label={words.close} onClick={onClose}>
          <X className="i" aria-hidden />
        </Button>
      </header>
      <div className="in">{children}</div>
    </dialog>
  )
}

function isOutside(dialog: HTMLElement, at: { clientX: number; clientY: number }): boolean {
  const box = dialog.getBoundingClientRect()
  return at.clientX < box.left || at.clientX > box.right || at.clientY < box.top || at.clientY > box.bottom
}
