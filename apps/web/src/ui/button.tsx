import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import './button.css'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `solid`: the one primary button of a view (ink, not accent). `danger`: what cannot be taken back. `bare`: no outline. */
  tone?: 'plain' | 'solid' | 'danger' | 'bare'
  size?: 'm' | 'l'
  /** Only an icon: give it an `aria-label`. */
  icon?: boolean
  /** Under way: shows it, stays focusable, and does nothing when pressed again. */
  busy?: boolean
  /** Off, for a reason that stands in words beside it: stays focusable, so that the reason can be heard. */
  off?: boolean
}

export function Button({
  tone = 'plain',
  size = 'm',
  icon = false,
  busy = false,
  off = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const names = ['btn', tone !== 'plain' && tone, size === 'l' && 'l', icon && 'icon', className]
    .filter(Boolean)
    .join(' ')
  return (
    <button
      {...rest}
      type={type}
      className={names}
      aria-busy={busy || undefined}
      aria-disabled={busy || off || undefined}
      onClick={event => {
        if (busy || off) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {busy && <LoaderCircle className="i spin" aria-hidden />}
      {!(busy && icon) && children}
    </button>
  )
}
