import { createKeyBox, SealError } from '../../keys/key-box.ts';
import { findAccountKey, listAccountsWithKey, type SealedKey } from '../../store/account-keys.ts';
import type { Executor } from '../../store/schema.ts';
import type { Check } from '../check.ts';
import { found } from '../outcomes.ts';
import { readTables } from '../read-tables.ts';

/** More sealed keys than these are not tried: each is sealed with one of few encryption keys. */
const MAX_TRIED = 50;

/** Whether ENCRYPTION_KEY opens the keys that servers and members have stored. */
export const encryptionKey: Check = {
  id: 'encryption-key',
  title: 'ENCRYPTION_KEY',
  needs: ['database', 'database-migrations'],
  async run(context) {
    const box = createKeyBox(context.config.encryptionKeys);
    const sealed = (await readTables(context, listSealed)) ?? [];
    if (sealed.length === 0) {
      if (box)
        return [
          found('encryption-key', 'unused', 'ENCRYPTION_KEY is set; nobody has stored a key of their own.'),
        ];
      const words = 'ENCRYPTION_KEY is not set: servers and members cannot pay with a key of their own.';
      return [found('encryption-key', 'unneeded', words)];
    }
    const fix =
      'Set the one that they were sealed with; with a new one, put it before the old one with a comma.';
    if (!box) {
      const words = 'Servers or members have stored keys of their own, but ENCRYPTION_KEY is not set.';
      return [found('encryption-key', 'missing', words, fix)];
    }
    const closed = sealed.filter((key) => !opens(box, key)).length;
    if (closed > 0) {
      const words = `ENCRYPTION_KEY does not open ${closed} of ${sealed.length} stored keys.`;
      return [found('encryption-key', 'wrong', words, fix)];
    }
    return [found('encryption-key', 'opens', `ENCRYPTION_KEY opens the stored keys (${sealed.length}).`)];
  },
};

async function listSealed(db: Executor): Promise<readonly SealedKey[]> {
  const accountIds = (await listAccountsWithKey(db)).slice(0, MAX_TRIED);
  const keys = await Promise.all(accountIds.map((id) => findAccountKey(db, id)));
  return keys.filter((key) => key !== undefined);
}

function opens(box: NonNullable<ReturnType<typeof createKeyBox>>, key: SealedKey): boolean {
  try {
    box.open(key.accountId, key);
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}
