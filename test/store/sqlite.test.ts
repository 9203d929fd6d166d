import { describe } from 'vitest';
import { createReadySqliteDatabase } from '../support/store.ts';
import { describeStore } from './suites/all.ts';

describe('the store on SQLite', () => {
  describeStore(createReadySqliteDatabase);
});
