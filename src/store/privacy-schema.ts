/** People who had, or want to have, everything about them deleted. */
interface DeparturesTable {
  /** Takes the place of the person's id in what stays. */
  stand_in: string;
  /** The person's id, until it is done. */
  wanted_by: string | null;
  wanted_at: number;
  /** With `digest` it tells, for a while, whether somebody is the person who left; null until it is done. */
  salt: string | null;
  digest: string | null;
  /** From then on (epoch ms) nothing leads from the person to the stand-in any more. */
  ends_at: number | null;
}

/** Files of the archive that no row stands for any more, until they are removed. */
interface UnwantedFilesTable {
  file_name: string;
}

/** The tables of the privacy migration. */
export interface PrivacyTables {
  departures: DeparturesTable;
  unwanted_files: UnwantedFilesTable;
}
