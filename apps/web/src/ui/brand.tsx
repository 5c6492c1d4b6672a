/** The sign of Lockdesk: a lock made of three lines of a ledger, the newest one yours. */
export function Brand() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" role="img" aria-label="Lockdesk">
      <path d="M6 9V6.5a5 5 0 0 1 10 0V9" fill="none" stroke="currentColor" strokeWidth="2" />
      <rect x="3" y="9" width="16" height="2.6" fill="currentColor" />
      <rect x="3" y="13" width="11" height="2.6" fill="currentColor" />
      <rect x="3" y="17" width="7" height="2.6" fill="var(--mine-solid)" />
    </svg>
  )
}
