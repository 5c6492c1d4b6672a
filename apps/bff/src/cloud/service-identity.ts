/** Whom the cloud names when Lockdesk's own credential holds a lock. */
export interface KnownIdentity {
  /** As people should read it: the RAM user's or the role's name. */
  name: string
  /** Every id by which the cloud may name it as holder; the first is the one to show. */
  ids: readonly string[]
  /** The cloud's spelling of the holder id is certain: a RAM user or an account, or configured ids. False for a role's candidates. */
  isCertain: boolean
}

export interface ServiceIdentity {
  /** What is known now, without asking anybody; null before the cloud has told it. */
  known(): KnownIdentity | null
  /**
   * Asks the cloud (STS) once where it is not known yet; concurrent callers share the question.
   * @throws UpstreamError the cloud did not say
   */
  ask(purpose: 'person' | 'sweep'): Promise<KnownIdentity>
}
