import type { AuditFilter, AuditRow, AuditStore } from '../../ports/audit-store.ts';
import type { MemoryDisk } from './disk.ts';

export const memoryAudit = (disk: MemoryDisk): AuditStore => ({
  async append(entry) {
    disk.audit.push({ ...(JSON.parse(JSON.stringify(entry)) as AuditRow), seq: ++disk.auditSeq });
  },
  async list(filter, limit, below = Number.POSITIVE_INFINITY) {
    const rows = disk.audit.filter((row) => row.seq < below && isWanted(row, filter));
    return rows.reverse().slice(0, limit);
  },
  async forget({ before, keep }, max) {
    const old = disk.audit.filter((row) => row.at < before || row.seq <= disk.auditSeq - keep).slice(0, max);
    disk.audit = disk.audit.filter((row) => !old.includes(row));
    return old.length;
  },
});

function isWanted(row: AuditRow, { who, act, object, outcome, from, to }: AuditFilter): boolean {
  return (
    (who === undefined || row.who.id === who) &&
    (act === undefined || row.act === act) &&
    (object === undefined || (object.endsWith('/') ? row.object.startsWith(object) : row.object === object)) &&
    (outcome === undefined || row.outcome === outcome) &&
    (from === undefined || row.at >= from) &&
    (to === undefined || row.at < to)
  );
}
