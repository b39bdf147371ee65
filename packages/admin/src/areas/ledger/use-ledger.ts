import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';

/** Where every message is; the stream of changes keeps it new. */
export const useLedger = () =>
  useQuery({ queryKey: ['ledger'], queryFn: () => api.ledger(), staleTime: Number.POSITIVE_INFINITY });
