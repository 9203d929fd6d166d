import { afterAll, describe } from 'vitest';
import { keepPostgresDatabases } from '../support/postgres.ts';
import { describeStore } from './suites/all.ts';

describe('the store on PostgreSQL', () => {
  const { createDatabase, removeAll } = keepPostgresDatabases();
  afterAll(removeAll);
  describeStore(createDatabase);
});
