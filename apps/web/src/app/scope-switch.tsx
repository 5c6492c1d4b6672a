import type { Freshness } from '@lockdesk/contract'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ChevronRight, ChevronsUpDown } from 'lucide-react'
import { useMessages } from '../i18n/messages.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { appMessages } from './messages.ts'

/** Workspace ▸ namespace: what of the whole the board shows. */
export function ScopeSwitch({ namespaces }: { namespaces: readonly Freshness[] }) {
  const words = useMessages(appMessages)
  const navigate = useNavigate()
  const { workspace, ns } = useSearch({ strict: false })
  const workspaces = new Map(namespaces.map(one => [one.workspace, one.workspaceName]))
  const shown = namespaces.filter(one => workspace === undefined || one.workspace === workspace)
  const names = [...new Set(shown.map(({ namespace }) => namespace))].toSorted()
  const only = workspaces.size === 1 ? [...workspaces.values()][0] : undefined
  // A draft of another namespace may stand open beside the board: it is closed, for it is not in what is shown.
  const go = (to: { workspace?: string | undefined; ns?: string | undefined }) =>
    void navigate({ to: '/', search: before => ({ ...before, open: undefined, ...to }) })
  if (workspaces.size === 0) return null
  return (
    <div className="crumb">
      {only === undefined ? (
        <Menu
          className="at"
          title={words.workspace}
          trigger={
            <>
              <span>{(workspace !== undefined && workspaces.get(workspace)) || words.allWorkspaces}</span>
              <ChevronsUpDown className="i" aria-hidden />
            </>
          }
        >
          <MenuItem checked={workspace === undefined} onSelect={() => go({ workspace: undefined, ns: undefined })}>
            {words.allWorkspaces}
          </MenuItem>
          {[...workspaces].map(([id, name]) => (
            <MenuItem key={id} checked={workspace === id} onSelect={() => go({ workspace: id, ns: undefined })}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      ) : (
        <span className="at wide-only" title={words.workspace}>
          <span>{only}</span>
        </span>
      )}
      <ChevronRight className="i wide-only" aria-hidden />
      <Menu
        className="at"
        title={words.namespace}
        trigger={
          <>
            <span>{ns ?? words.allNamespaces}</span>
            <ChevronsUpDown className="i" aria-hidden />
          </>
        }
      >
        <MenuItem checked={ns === undefined} onSelect={() => go({ ns: undefined })}>
          {words.allNamespaces}
        </MenuItem>
        {names.map(name => (
          <MenuItem key={name} checked={ns === name} onSelect={() => go({ ns: name })}>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
