import { Link, useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { FileLock2, FlaskConical, Keyboard, ScrollText, Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { useMessages } from '../i18n/messages.ts'
import { hasRole, isMine } from '../live/ability.ts'
import { useBoard, useViewer } from '../live/provider.tsx'
import { Brand } from '../ui/brand.tsx'
import { usePanelCovers } from '../ui/covers.ts'
import { useKeys } from '../ui/keys.ts'
import { useLatest } from '../ui/latest.ts'
import { useLetterKeys } from '../ui/letter-keys.tsx'
import { LockGlyph } from '../ui/lock.tsx'
import { Kbd } from '../ui/tag.tsx'
import { AccountMenu, LanguageMenu, ThemeMenu } from './account-menu.tsx'
import { FilterContext } from './filter-focus.tsx'
import { FreshnessChip } from './freshness-chip.tsx'
import { appMessages } from './messages.ts'
import { ScopeSwitch } from './scope-switch.tsx'
import './shell.css'

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }))

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** What stands around every page: the rail, the top bar, and the keys that work everywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const words = useMessages(appMessages)
  const me = useViewer()
  const { data: board } = useBoard()
  const { on: letterKeys } = useLetterKeys()
  const navigate = useNavigate()
  const isOnBoard = useLocation({ select: ({ pathname }) => pathname === '/' })
  const hasPanel = useSearch({ strict: false, select: ({ open }) => open !== undefined })
  const isCovered = usePanelCovers() && isOnBoard && hasPanel
  const [showsKeys, setShowsKeys] = useState(false)
  const filter = useRef<HTMLInputElement>(null)
  const wantsFilter = useRef(false)

  const focusFilter = () => {
    if (filter.current) {
      filter.current.focus()
      filter.current.select()
      return
    }
    wantsFilter.current = true
    void navigate({ to: '/' })
  }
  useEffect(() => {
    if (!isOnBoard || !wantsFilter.current) return
    wantsFilter.current = false
    filter.current?.focus()
  }, [isOnBoard])

  useKeys({ '?': () => setShowsKeys(true), '/': focusFilter }, letterKeys)
  const latestFocus = useLatest(focusFilter)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || (event.ctrlKey && !isMac)) ||
        event.altKey ||
        event.shiftKey
      )
        return
      if (document.querySelector('dialog:modal')) return
      event.preventDefault()
      latestFocus.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [latestFocus])

  const mine = board?.drafts.filter(draft => isMine(draft, me)).length ?? 0
  return (
    <div className="app">
      <nav className="rail" aria-label={words.main} inert={isCovered}>
        <div className="brand">
          <Brand />
        </div>
        <Link className="to" to="/" activeOptions={{ exact: true, includeSearch: false }}>
          <FileLock2 className="i" aria-hidden />
          {words.drafts}
        </Link>
        {hasRole(me, 'editor') && (
          <Link className="to" to="/audit" activeOptions={{ includeSearch: false }}>
            <ScrollText className="i" aria-hidden />
            {words.audit}
          </Link>
        )}
        <button type="button" className="to foot" onClick={() => setShowsKeys(true)}>
          <Keyboard className="i" aria-hidden />
          {words.keys}
        </button>
      </nav>
      <header className="top" inert={isCovered}>
        <div className="topbar">
          {isOnBoard && <ScopeSwitch namespaces={board?.namespaces ?? []} />}
          <button
            type="button"
            className="find"
            aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K Meta+K'}
            onClick={focusFilter}
          >
            <Search className="i" aria-hidden />
            <span className="words">{words.find}</span> <Kbd>{isMac ? '⌘K' : 'Ctrl K'}</Kbd>
            {!isMac && <span className="sr"> ⌘K</span>}
          </button>
          <div className="end">
            <FreshnessChip />
            {mine > 0 && (
              <Link className="chip mine wide-only" to="/" search={{ state: 'mine' }}>
                <LockGlyph look="mine" />
                <b>{words.youHold(mine)}</b>
              </Link>
            )}
            <span className="sep wide-only" />
            <span className="wide-only">
              <LanguageMenu />
            </span>
            <span className="wide-only">
              <ThemeMenu />
            </span>
            <AccountMenu onKeys={() => setShowsKeys(true)} />
          </div>
        </div>
        {me.mode === 'demo' && (
          <p className="demo-line">
            <FlaskConical className="i" aria-hidden />
            <span>
              <b>{words.demo}</b> {words.demoLine}
            </span>
          </p>
        )}
      </header>
      <FilterContext value={filter}>{children}</FilterContext>
      <Suspense>{showsKeys && <KeysDialog onClose={() => setShowsKeys(false)} />}</Suspense>
    </div>
  )
}
