import type { Range, StatisticsView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';

/**
 * What ended in a range and what runs.
 * @param select  what is shown of it: who asks is drawn again only when that is another
 */
export const useStatistics = <T>(range: Range, select: (view: StatisticsView) => T) =>
  useQuery({
    queryKey: ['statistics', range],
    queryFn: () => api.statistics(range),
    placeholderData: (before: StatisticsView | undefined) => before,
    select,
  });
