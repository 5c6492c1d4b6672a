import { Check } from 'lucide-react'
import { createContext, use, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import './menu.css'

const CloseContext = createContext<() => void>(() => {})

export interface MenuProps {
  /** What stands on the button. */
  trigger: ReactNode
  /** Goes before what is seen on the button, for those who hear it. */
  label?: string
  title?: string
  className?: string
  align?: 'start' | 'end'
  children: ReactNode
}

/**
 * A button with a menu, on the browser's own popover: it lies above everything, closes by Esc and by a click elsewhere,
 * and needs no style of its own making in the page.
 */
export function Menu({ trigger, label, title, className = 'chip', align = 'start', children }: MenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  // Once the items are in the page: only then is its size known.
  useLayoutEffect(() => {
    if (!isOpen) return
    if (button.current && menu.current) place(menu.current, button.current, align)
    const all = itemsOf(menu.current)
    ;(all.find(item => item.getAttribute('aria-checked') === 'true') ?? all[0])?.focus()
  }, [isOpen, align])
  const onKeyDown = (event: KeyboardEvent) => {
    const all = itemsOf(menu.current)
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to =
      event.key === 'ArrowDown'
        ? (at + 1) % all.length
        : event.key === 'ArrowUp'
          ? (at - 1 + all.length) % all.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? all.length - 1
              : undefined
    if (event.key === 'Tab') menu.current?.hidePopover()
    if (to === undefined) return
    event.preventDefault()
    all[to]?.focus()
  }
  const close = () => {
    menu.current?.hidePopover()
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        title={title}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
        onKeyDown={event => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          menu.current?.showPopover()
        }}
      >
        {label !== undefined && <span className="sr">{label} </span>}
        {trigger}
      </button>
      <div
        ref={menu}
        id={id}
        className="menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onKeyDown={onKeyDown}
        onToggle={event => setOpen(event.newState === 'open')}
      >
        <CloseContext value={close}>{isOpen && children}</CloseContext>
      </div>
    </>
  )
}

const itemsOf = (menu: HTMLElement | null) => [...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]

/** Below its button, or above where there is no room, and never over the edge of the page. */
function place(menu: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void {
  const from = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const left = align === 'end' ? from.right - width : from.left
  const below = from.bottom + 4
  const top = below + height > innerHeight - 8 ? Math.max(8, from.top - 4 - height) : below
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
  menu.style.top = `${top}px`
}

export interface MenuItemProps {
  onSelect(): void
  icon?: ReactNode
  /** One of several of which one is chosen. */
  checked?: boolean
  end?: ReactNode
  children: ReactNode
}

export function MenuItem({ onSelect, icon, checked, end, children }: MenuItemProps) {
  const close = use(CloseContext)
  return (
    <button
      type="button"
      className="mi"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked}
      tabIndex={-1}
      onClick={() => {
        close()
        onSelect()
      }}
    >
      {icon}
      {children}
      {(end !== undefined || checked) && (
        <span className="end">{checked ? <Check className="i" aria-hidden /> : end}</span>
      )}
    </button>
  )
}
