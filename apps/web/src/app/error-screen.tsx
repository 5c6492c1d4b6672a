import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { useMessages } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { appMessages } from './messages.ts'

/** The page itself failed: says so in words, and shows no more of the error than its own message. */
export function BrokenScreen({ error }: ErrorComponentProps) {
  const words = useMessages(appMessages)
  return (
    <main className="page">
      <div className="void" role="alert">
        <h1>{words.brokenTitle}</h1>
        <p>{words.brokenText}</p>
        <p className="code t3">{error instanceof Error ? error.message : String(error)}</p>
        <div className="acts">
          <Button tone="solid" onClick={() => location.reload()}>
            {words.reload}
          </Button>
        </div>
      </div>
    </main>
  )
}

export function NotFoundScreen() {
  const words = useMessages(appMessages)
  return (
    <main className="page">
      <title>{words.title(words.notFoundTitle)}</title>
      <div className="void">
        <h1>{words.notFoundTitle}</h1>
        <p>{words.notFoundText}</p>
        <div className="acts">
          <Link className="btn" to="/">
            {words.toDrafts}
          </Link>
        </div>
      </div>
    </main>
  )
}

/** Nothing has come from the server yet. */
export function AwayScreen({ onRetry }: { onRetry(): void }) {
  const words = useMessages(appMessages)
  return (
    <main className="page">
      <div className="void" role="status">
        <h1>{words.awayTitle}</h1>
        <p>{words.awayText}</p>
        <div className="acts">
          <Button onClick={onRetry}>{words.retry}</Button>
        </div>
      </div>
    </main>
  )
}
