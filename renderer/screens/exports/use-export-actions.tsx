import {
  CalendarClockRegular,
  CopyRegular,
  DeleteRegular,
  EditRegular,
  EyeRegular,
  InfoRegular,
  PlugDisconnectedRegular,
  SendRegular,
} from '@fluentui/react-icons';
import { useIntl } from 'react-intl';
import type { ExportView } from '../../../preload/contract/views.ts';
import type { RecordAction } from '../../components/table/record-table.tsx';
import { openExport } from '../../stores/draft-store.ts';

/** What is asked or shown over the list. */
export type AskedExports =
  | { readonly what: 'remove' | 'detach' | 'schedule'; readonly exportIds: readonly string[] }
  | { readonly what: 'details'; readonly exportIds: readonly [string] };

interface ExportActions {
  readonly mayManage: (view: ExportView) => boolean;
  readonly isRunning: (view: ExportView) => boolean;
  readonly onRun: (views: readonly ExportView[]) => void;
  readonly onDuplicate: (view: ExportView) => void;
  readonly onAsk: (asked: AskedExports) => void;
}

/** What can be done with one export or several. Where one of them may not be changed, nothing is offered that would. */
export function useExportActions(actions: ExportActions): (views: readonly ExportView[]) => RecordAction[] {
  const intl = useIntl();
  return (views) => {
    const [view] = views;
    if (view === undefined) return [];
    const one = views.length === 1;
    const may = views.every(actions.mayManage);
    const exportIds = views.map(({ exportId }) => exportId);
    const runnable = views.filter((each) => each.connectionId !== null && !actions.isRunning(each));
    const run: RecordAction = {
      name: 'run',
      label: intl.formatMessage({ id: 'exports.run' }),
      icon: <SendRegular />,
      disabled: runnable.length === 0,
      act: () => actions.onRun(runnable),
    };
    const open: RecordAction = {
      name: 'open',
      label: intl.formatMessage({ id: may ? 'action.edit' : 'exports.view' }),
      icon: may ? <EditRegular /> : <EyeRegular />,
      shortcut: 'Enter',
      act: () => openExport(view),
    };
    const details: RecordAction = {
      name: 'details',
      label: intl.formatMessage({ id: 'action.details' }),
      icon: <InfoRegular />,
      act: () => actions.onAsk({ what: 'details', exportIds: [view.exportId] }),
    };
    const duplicate: RecordAction = {
      name: 'duplicate',
      label: intl.formatMessage({ id: 'exports.duplicate' }),
      icon: <CopyRegular />,
      act: () => actions.onDuplicate(view),
    };
    const schedule: RecordAction = {
      name: 'schedule',
      label: intl.formatMessage({ id: 'exports.schedule' }),
      icon: <CalendarClockRegular />,
      act: () => actions.onAsk({ what: 'schedule', exportIds }),
    };
    const detach: RecordAction = {
      name: 'detach',
      label: intl.formatMessage({ id: 'exports.detach' }),
      icon: <PlugDisconnectedRegular />,
      apart: true,
      disabled: views.every(({ connectionId }) => connectionId === null),
      act: () => actions.onAsk({ what: 'detach', exportIds }),
    };
    const remove: RecordAction = {
      name: 'remove',
      label: intl.formatMessage({ id: 'action.remove' }),
      icon: <DeleteRegular />,
      shortcut: 'Delete',
      act: () => actions.onAsk({ what: 'remove', exportIds }),
    };
    if (!may) return one ? [open, details] : [];
    return one ? [run, open, schedule, details, duplicate, detach, remove] : [run, schedule, detach, remove];
  };
}
