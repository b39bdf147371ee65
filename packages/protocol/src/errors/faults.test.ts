import { describe, expect, test } from 'vitest';
import { FAULTS, type FaultCode, SluiceError } from '../index.ts';

describe('the table of faults', () => {
  test('every code is room.condition, has a status, and a next step', () => {
    for (const [code, fault] of Object.entries(FAULTS)) {
      expect(code).toMatch(/^[a-z]+\.[a-z_]+$/);
      expect(fault.status).toBeGreaterThanOrEqual(400);
      expect(fault.hint.length).toBeGreaterThan(10);
    }
    expect(Object.keys(FAULTS).length).toBeGreaterThan(35);
  });

  test('an error becomes a problem with code, detail and hint', () => {
    const error = new SluiceError('topology.node_unknown', { topology: 'orders', version: 2, node: 'x' });
    expect(error).toBeInstanceOf(Error);
    expect(error.toProblem()).toEqual({
      type: 'about:blank',
      title: 'topology.node_unknown',
      status: 404,
      code: 'topology.node_unknown' satisfies FaultCode,
      detail: 'Topology "orders" v2 has no node "x". Nothing was started.',
      hint: error.hint,
    });
  });
});
