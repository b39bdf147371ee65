import type { LedgerView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from './api.ts';

/**
 * Where every message is; the stream of changes keeps it new.
 * @param select  what is shown of it: who asks is drawn again only when that is another
 */
export const useLedger = <T = LedgerView>(select?: (ledger: LedgerView) => T) =>
  useQuery({
    queryKey: ['ledger'],
    queryFn: () => api.ledger(),
    staleTime: Number.POSITIVE_INFINITY,
    ...(select ? { select } : {}),
  });
