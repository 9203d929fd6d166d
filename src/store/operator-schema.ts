/** What the operators were told of; one row for each cause and what it is about. */
interface OperatorNoticesTable {
  cause: string;
  /** What it is about, where a cause may be about several things; else empty. */
  subject: string;
  since: number;
  told_at: number;
  /** Null = it goes on, as far as is known. */
  ended_at: number | null;
}

/** The tables of the migration of notices. */
export interface OperatorTables {
  operator_notices: OperatorNoticesTable;
}
