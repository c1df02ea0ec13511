import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, EditRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, SegmentView } from '../../../preload/contract/views.ts';
import { pageUncovered } from '../../components/page-uncovered.ts';
import { addToExport, exportOf, openExport } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '8px', maxHeight: '52vh' },
  heading: { margin: '8px 0 0' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '6px' },
  item: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '12px',
    padding: '6px 10px',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { overflowWrap: 'anywhere', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface ManageExportsProps {
  readonly segment: SegmentView;
  readonly onClose: () => void;
}

/** The exports that contain a segment and those that do not; it can be added to these, or to a new one. */
export function ManageExports({ segment, onClose }: ManageExportsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const exports = useMirror((mirror) => mirror.exports);
  const contains = (view: ExportView) => view.segments.some(({ segmentId }) => segmentId === segment.segmentId);
  const sorted = [...exports].sort((a, b) => a.name.localeCompare(b.name, intl.locale));
  const goTo = async (open: () => void): Promise<void> => {
    onClose();
    await pageUncovered();
    open();
  };
  const group = (views: readonly ExportView[], label: string, empty: string, button: (view: ExportView) => void) => (
    <section aria-label={label}>
      <Subtitle2 as="h3" block className={styles.heading}>
        {label}
      </Subtitle2>
      {views.length === 0 ? (
        <Text className={styles.quiet}>{empty}</Text>
      ) : (
        <ul className={styles.list}>
          {views.map((view) => (
            <li key={view.exportId} className={styles.item}>
              <Text className={styles.name}>{view.name}</Text>
              <Button
                size="small"
                icon={contains(view) ? <EditRegular /> : <AddRegular />}
                aria-label={intl.formatMessage(
                  { id: contains(view) ? 'action.edit-named' : 'library.add-to-named' },
                  { name: view.name },
                )}
                onClick={() => button(view)}
              >
                <FormattedMessage id={contains(view) ? 'action.edit' : 'library.add-to'} />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="library.manage.title" values={{ name: segment.name }} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        {group(
          sorted.filter(contains),
          intl.formatMessage({ id: 'library.manage.containing' }),
          intl.formatMessage({ id: 'library.manage.none' }),
          (view) => void goTo(() => openExport(view)),
        )}
        {group(
          sorted.filter((view) => !contains(view)),
          intl.formatMessage({ id: 'library.manage.others' }),
          intl.formatMessage({ id: 'library.manage.none' }),
          (view) => void goTo(() => addToExport(view, segment.segmentId)),
        )}
      </DialogContent>
      <DialogActions fluid>
        <Button appearance="primary" icon={<AddRegular />} onClick={() => void goTo(() => exportOf(segment.segmentId))}>
          <FormattedMessage id="exports.add" />
        </Button>
        <Button onClick={onClose}>
          <FormattedMessage id="action.close" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
