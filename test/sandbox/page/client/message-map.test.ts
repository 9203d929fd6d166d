import { describe, expect, it } from 'vitest';
import { compareIds } from '../../../../sandbox/page/client/message-map.ts';

describe('compareIds', () => {
  it('orders by age, whatever the length', () => {
    expect(['1573', '99', '1572'].toSorted(compareIds)).toEqual(['99', '1572', '1573']);
  });
});
