import type { Period } from '../domain/period.ts';
import { words } from './words.ts';

/** The period in words that follow a number of credits: `per week (from Monday, UTC)`. */
export function formatPeriod(period: Period): string {
  const { period: forms } = words().budgets;
  return period.kind === 'rolling' ? forms.rolling({ hours: period.hours }) : forms[period.kind];
}
