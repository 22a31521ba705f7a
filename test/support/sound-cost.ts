import assert from 'node:assert/strict';
import type { Category, Cost } from '../../src/model/cost.js';
import { count, intersect } from '../../src/model/runs.js';

/** What must be so of any cost, whatever it is of and however it was made. */
export function assertSound(cost: Cost): void {
  const sum = (category: Category) =>
    cost.rows
      .filter((row) => row.category === category)
      .reduce((total, row) => total + (row.bytes ?? 0), 0);
  const { bytes, privateBytes, pageTableBytes, kernelBytes } = cost.perProcess;
  assert.equal(sum('private'), privateBytes);
  assert.equal(sum('page-tables'), pageTableBytes);
  assert.equal(sum('kernel'), kernelBytes);
  assert.equal(sum('shared'), cost.sharedOnceBytes);
  assert.equal(privateBytes + pageTableBytes + kernelBytes, bytes);
  assert.equal(new Set(cost.rows.map((row) => row.id)).size, cost.rows.length);
  for (const { id, bytes: own, range } of cost.rows) {
    assert.ok(own === undefined || (Number.isInteger(own) && own >= 0), `${id}: ${own}`);
    assert.ok(!range || (range.min >= 0 && range.min <= range.max), id);
  }
  assert.ok(cost.residentBytes >= 0 && cost.addressSpaceBytes >= 0);
  assert.ok(cost.fill.usedBytes >= 0 && cost.fill.paidBytes === bytes);
  let end = 0;
  for (const { label, firstPage, pages, resident, private: own } of cost.regions) {
    assert.ok(firstPage >= end, `${label} begins in the one before`);
    end = firstPage + pages;
    assert.equal(count(intersect(resident, [firstPage, end])), count(resident), label);
    assert.equal(count(intersect(own, resident)), count(own), label);
  }
}
