import { CircleAlert, Info, X } from 'lucide-react'
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useMessages } from '../i18n/messages.ts'
import { useAnnounce } from './announcer.tsx'
import { Button } from './button.tsx'
import { useLatest } from './latest.ts'
import { uiMessages } from './messages.ts'
import './toast.css'

export interface Toast {
  tone?: 'plain' | 'mine' | 'warn' | 'err'
  icon?: ReactNode
  title: string
  body?: ReactNode
  /** Buttons; they get a way to close the toast. */
  actions?: (close: () => void) => ReactNode
  /** Stays until it is closed: an error, or what asks something. */
  sticky?: boolean
  /** A later toast of the same key takes the place of this one. */
  key?: string
  /** What a screen reader says; the title unless told. */
  announce?: string
}

interface Shown extends Toast {
  id: number
}

interface Toasts {
  /** @returns closes it */
  show(toast: Toast): () => void
}

const lastsMs = 8000
const atMost = 3
const ToastContext = createContext<Toasts>({ show: () => () => {} })

/** Short notices at the edge of the page. A toast is a copy: the row or the dialog carries the result. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([])
  const words = useMessages(uiMessages)
  const announce = useAnnounce()
  const next = useRef(0)
  const close = useCallback((id: number) => setShown(all => all.filter(toast => toast.id !== id)), [])
  const toasts = useMemo<Toasts>(
    () => ({
      show(toast) {
        const id = ++next.current
        setShown(all =>
          [...all.filter(one => toast.key === undefined || one.key !== toast.key), { ...toast, id }].slice(-atMost),
        )
        announce(toast.announce ?? toast.title)
        return () => close(id)
      },
    }),
    [announce, close],
  )
  return (
    <ToastContext value={toasts}>
      {children}
      <section className="toasts" aria-label={words.notices}>
        {shown.map(toast => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </section>
    </ToastContext>
  )
}

export function useToasts(): Toasts {
  return use(ToastContext)
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose(): void }) {
  const words = useMessages(uiMessages)
  const [isHeld, setHeld] = useState(false)
  const close = useLatest(onClose)
  useEffect(() => {
    if (toast.sticky || isHeld) return
    const timer = setTimeout(() => close.current(), lastsMs)
    return () => clearTimeout(timer)
  }, [toast.sticky, isHeld, close])
  const tone = toast.tone ?? 'plain'
  return (
    <div
      className={tone === 'plain' ? 'toast' : `toast ${tone}`}
      role={tone === 'err' || tone === 'warn' ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.icon ??
        (tone === 'err' || tone === 'warn' ? (
          <CircleAlert className="i" aria-hidden />
        ) : (
          <Info className="i" aria-hidden />
        ))}
      <div className="grow">
        <b>{toast.title}</b>
        {toast.body !== undefined && <div>{toast.body}</div>}
        {toast.actions && <div className="acts">{toast.actions(onClose)}</div>}
      </div>
      <Button tone="bare" icon aria-label={words.dismiss} onClick={onClose}>
        <X className="i" aria-hidden />
      </Button>
    </div>
  )
}
