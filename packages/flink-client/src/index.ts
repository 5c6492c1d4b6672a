/** Typed, signed calls to the Flink API and to STS. The one door of this package. */
export { credentialSource, CredentialFault, type Credentials, type CredentialSource } from './credentials.ts'
export { EndpointFault, flinkEndpoint, parseEndpoint, regions, stsEndpoint } from './endpoints.ts'
export { ProxyFault } from './connection.ts'
export {
  ClockOff,
  DraftNotFound,
  EnvelopeFailure,
  Forbidden,
  GatewayFailure,
  NoAnswer,
  NoCredentials,
  Throttled,
  UnreadableAnswer,
  Unsendable,
  UpstreamError,
} from './errors.ts'
export { createFlinkClient, type FlinkClient } from './flink-client.ts'
export { createLockTaker, type LockTaker } from './lock-taker.ts'
export type { LockAnswer, LostCause } from './lock-answer.ts'
export type { DraftReader, PageOfDrafts } from './draft-reader.ts'
export type { FolderName, FolderReader, UpstreamFolder } from './folders.ts'
export type { Member, MemberReader } from './members.ts'
export type { EditableNamespace, NamespaceReader } from './discovery.ts'
export type { CallerIdentity, IdentityReader } from './identity.ts'
export type { Attempt, CallOptions, Operation, Purpose, ReadOperation } from './operations.ts'
export type { FlinkClientOptions } from './options.ts'
export type { UpstreamDraft, UpstreamLock } from './wire.ts'
