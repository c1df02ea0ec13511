import { create } from 'zustand';

interface ReportState {
  /** Whether the report lies over the window, to be read before it is saved. */
  readonly open: boolean;
}

export const useReportStore = create<ReportState>(() => ({ open: false }));

export function showReport(): void {
  useReportStore.setState({ open: true });
}

export function hideReport(): void {
  useReportStore.setState({ open: false });
}
