import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import './notice.css'

/** The sign for knowledge that has grown old. */
export function StaleGlyph() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
      <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="m3 9 6-6M5 11.2 11.2 5M3.5 11 11 3.5" stroke="currentColor" strokeWidth="1" />
    </svg>
  )
}

export interface NoticeProps {
  /** `warn`: what is shown may be old or overdue. `err`: refused or failed. */
  tone?: 'plain' | 'warn' | 'err'
  /** Without a frame, across the whole width. */
  flat?: boolean
  icon?: ReactNode
  /** Buttons. */
  actions?: ReactNode
  role?: 'alert' | 'status'
  children: ReactNode
}

/** What happened, what it means, what next. An error's only copy stands here, never in a toast. */
export function Notice({ tone = 'plain', flat = false, icon, actions, role, children }: NoticeProps) {
  const sign =
    icon ??
    (tone === 'warn' ? (
      <StaleGlyph />
    ) : tone === 'err' ? (
      <CircleAlert className="i" aria-hidden />
    ) : (
      <Info className="i" aria-hidden />
    ))
  return (
    <div className={['note', tone !== 'plain' && tone, flat && 'flat'].filter(Boolean).join(' ')} role={role}>
      {sign}
      <div className="words">{children}</div>
      {actions}
    </div>
  )
}

/** A line that is still being loaded, as long as the text that will stand there. */
export function Skeleton({ width }: { width: number }) {
  return <span className="sk" style={{ width }} />
}
