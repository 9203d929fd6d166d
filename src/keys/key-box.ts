import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A secret that only an encryption key opens. */
interface Sealed {
  /** Which encryption key that is. */
  readonly keyId: string;
  /** Base64: nonce, tag, and the encrypted text. */
  readonly sealed: string;
}

/** The encryption key that something was sealed with is not there any more, or the text was changed. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** Seals secrets and opens them again. Each is bound to an account: moved to another one, it does not open. */
export interface KeyBox {
  seal(accountId: string, secret: string): Sealed;
  /** @throws SealError */
  open(accountId: string, sealed: Sealed): string;
  /** Whether it is sealed with the present encryption key. */
  isCurrent(sealed: Sealed): boolean;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param encryptionKeys - 32 bytes each; the first one seals, all of them open
 * @returns undefined without any
 */
export function createKeyBox(encryptionKeys: readonly Buffer[]): KeyBox | undefined {
  const byId = new Map(encryptionKeys.map((key) => [idOf(key), key]));
  const [current] = encryptionKeys;
  if (!current) return undefined;
  const currentId = idOf(current);
  return {
    seal(accountId, secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, current, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(accountId, 'utf8'));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return {
        keyId: currentId,
        sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64'),
      };
    },

    open(accountId, { keyId, sealed }) {
      const key = byId.get(keyId);
      if (!key) throw new SealError(`the encryption key ${keyId} is not in ENCRYPTION_KEY`);
      const bytes = Buffer.from(sealed, 'base64');
      const tagEnd = NONCE_BYTES + TAG_BYTES;
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(accountId, 'utf8'));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
        return decipher.update(bytes.subarray(tagEnd), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new SealError(
          `the key of ${accountId} does not open: its row was changed or belongs elsewhere`,
        );
      }
    },

    isCurrent: ({ keyId }) => keyId === currentId,
  };
}

/** A name for an encryption key that tells nothing of it: the first bytes of its hash. */
function idOf(key: Buffer): string {
  return createHash('sha256').update('encore encryption key').update(key).digest('hex').slice(0, 12);
}
