import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronDown, KeyRound, Keyboard, Languages, LogOut, SunMoon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { meQuery } from '../api/queries.ts'
import { signOut } from '../api/session.ts'
import { languageNames, languages, useLanguageChoice } from '../i18n/language.tsx'
import { useMessages } from '../i18n/messages.ts'
import { useViewer } from '../live/provider.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { themes, useTheme } from '../ui/theme.ts'
import { appMessages } from './messages.ts'

const ChangePasswordDialog = lazy(async () => ({
  default: (await import('../features/session/change-password-page.tsx')).ChangePasswordDialog,
}))

export function LanguageMenu() {
  const words = useMessages(appMessages)
  const { language } = useLanguageChoice()
  return (
    <Menu
      align="end"
      title={words.language}
      label={words.language}
      trigger={
        <>
          <Languages className="i" aria-hidden />
          <span className="lang-word">{languageNames[language]}</span>
        </>
      }
    >
      <LanguageItems />
    </Menu>
  )
}

function LanguageItems() {
  const { language, choose } = useLanguageChoice()
  return languages.map(one => (
    <MenuItem key={one} checked={one === language} onSelect={() => choose(one)}>
      <span lang={one === 'zh' ? 'zh-CN' : 'en'}>{languageNames[one]}</span>
    </MenuItem>
  ))
}

export function ThemeMenu() {
  const words = useMessages(appMessages)
  return (
    <Menu
      align="end"
      className="btn icon bare"
      label={words.theme}
      title={words.theme}
      trigger={<SunMoon className="i" aria-hidden />}
    >
      <ThemeItems />
    </Menu>
  )
}

function ThemeItems() {
  const words = useMessages(appMessages)
  const [theme, setTheme] = useTheme()
  return themes.map(one => (
    <MenuItem key={one} checked={one === theme} onSelect={() => setTheme(one)}>
      {words.themes[one]}
    </MenuItem>
  ))
}

/** Who one is here, with which roles; and the way out. */
export function AccountMenu({ onKeys }: { onKeys(): void }) {
  const words = useMessages(appMessages)
  const me = useViewer()
  const queries = useQueryClient()
  const [changesPassword, setChangesPassword] = useState(false)
  const leave = useMutation({
    mutationFn: signOut,
    onSettled: () => queries.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  return (
    <>
      <Menu
        align="end"
        label={`${words.account}: ${me.person.name}`}
        trigger={
          <>
            <Avatar name={me.person.name} me />
            <ChevronDown className="i i-14 wide-only" aria-hidden />
          </>
        }
      >
        <div className="account">
          <div className="name">{me.person.name}</div>
          {me.person.email !== null && <div className="t3">{me.person.email}</div>}
          <ul>
            {me.roles.map(({ workspace, namespace, role }) => (
              <li key={`${workspace} ${namespace} ${role}`}>
                {words.role[role]} ·{' '}
                {workspace === '*' && namespace === '*' ? words.everywhere : `${workspace} / ${namespace}`}
              </li>
            ))}
          </ul>
        </div>
        <hr />
        <div className="narrow-only">
          <div className="mh">{words.language}</div>
          <LanguageItems />
          <div className="mh">{words.theme}</div>
          <ThemeItems />
          <hr />
        </div>
        <MenuItem icon={<Keyboard className="i" aria-hidden />} onSelect={onKeys}>
          {words.keys}
        </MenuItem>
        {me.person.email !== null && me.mode === 'live' && (
          <MenuItem icon={<KeyRound className="i" aria-hidden />} onSelect={() => setChangesPassword(true)}>
            {words.changePassword}
          </MenuItem>
        )}
        <MenuItem icon={<LogOut className="i" aria-hidden />} onSelect={() => leave.mutate()}>
          {words.signOut}
        </MenuItem>
      </Menu>
      <Suspense>{changesPassword && <ChangePasswordDialog onClose={() => setChangesPassword(false)} />}</Suspense>
    </>
  )
}
