import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto'

/** Signs words about the ledger. Whoever has the public key alone can check them and make none. */
export interface Signer extends PublicKey {
  /** @returns base64url */
  sign(text: string): string
}

export interface PublicKey {
  /** Tells keys apart: the beginning of the SHA-256 of the public key. */
  keyId: string
  /** The 32 bytes of an Ed25519 public key, base64url. */
  publicKey: string
}

/** What stands before the 32 secret bytes of an Ed25519 key in PKCS #8. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key that signs checkpoints, derived from the secret that signs cookies: so it is the same after a restart and on every replica, and there
 * is nothing more to keep.
 */
export function createSigner(secret: string): Signer {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'lockdesk', 'lockdesk checkpoints 1', 32))
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  const { x: publicKey = '' } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey,
    keyId: keyIdOf(publicKey),
    sign: text => sign(null, Buffer.from(text), key).toString('base64url'),
  }
}

export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16)
}

/** Whether a signature is of this text by this key; false too where either is none at all. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
