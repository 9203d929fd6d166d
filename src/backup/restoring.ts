/** What putting a database back needs to know of the backup. */
export interface Restoring {
  /** The database in the backup. */
  readonly file: string;
  /** Epoch ms. */
  readonly takenAt: number;
  /** Part of the name of what is kept aside. */
  readonly stamp: string;
  readonly force: boolean;
  /** Has room for the database once more; a folder for temporary files may be a small one in memory. */
  readonly workFolder: string;
}

/** What came of putting a database back. */
export interface Restored {
  /** Tasks that became `unknown`. */
  readonly doubted: number;
  /** Where the database is that was there before. */
  readonly aside: string | undefined;
}
