import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useMessages } from '../i18n/messages.ts'
import { hasRole } from '../live/ability.ts'
import { useViewer } from '../live/provider.tsx'
import { appMessages } from './messages.ts'

const AuditPage = lazy(async () => ({ default: (await import('../features/audit/audit-page.tsx')).AuditPage }))
const route = getRouteApi('/audit')

export function AuditRoute() {
  const words = useMessages(appMessages)
  const me = useViewer()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  if (!hasRole(me, 'editor')) {
    return (
      <main className="page">
        <title>{words.title(words.audit)}</title>
        <div className="void">
          <h1>{words.noAuditTitle}</h1>
          <p>{words.noAuditText}</p>
        </div>
      </main>
    )
  }
  return (
    <main>
      <title>{words.title(words.audit)}</title>
      <Suspense>
        <AuditPage
          me={me}
          search={search}
          onSearch={(next, how) => void navigate({ search: { ...next }, replace: how === 'replace' })}
        />
      </Suspense>
    </main>
  )
}
