import {
  Button,
  Link,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  ProgressBar,
  TableCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CopyRegular,
  DeleteRegular,
  DocumentArrowUpRegular,
  FolderSearchRegular,
  MoreHorizontalRegular,
  RenameRegular,
} from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, SegmentView, WatchView } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { TimeAgo } from '../../components/time-ago.tsx';
import { askAboutMended } from '../../stores/mended-store.ts';
import { share } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { GrowthChart } from './growth-chart.tsx';
import { WatchLine } from './watch-line.tsx';

const useStyles = makeStyles({
  cell: { verticalAlign: 'top', paddingTop: '10px', paddingBottom: '10px' },
  words: { display: 'flex', flexDirection: 'column', gap: '2px', overflowWrap: 'anywhere', alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground3 },
  changed: { color: tokens.colorStatusWarningForeground1 },
  number: { fontVariantNumeric: 'tabular-nums' },
  progress: { width: '100%', marginTop: '6px' },
  actions: { display: 'flex', justifyContent: 'flex-end', gap: '4px' },
});

export interface SegmentRowActions {
  readonly onReplace: () => void;
  readonly onReadAgain: () => void;
  readonly onRename: () => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
  readonly onManageExports: () => void;
  readonly onWatch: () => void;
  readonly onCancel: () => void;
}

interface SegmentRowProps extends SegmentRowActions {
  readonly segment: SegmentView;
  /** Exports that contain it. */
  readonly users: readonly ExportView[];
  /** The folder it is kept up to date from, if there is one. */
  readonly watch: WatchView | undefined;
}

function Source({ segment, watch, onReadAgain, onCancel }: SegmentRowProps) {
  const intl = useIntl();
  const styles = useStyles();
  const reading = segment.state === 'reading';
  const { progress } = segment;
  return (
    <div className={styles.words}>
      <Text>{segment.parts.length === 0 ? segment.fileName : intl.formatList(segment.parts, { type: 'unit' })}</Text>
      {segment.readAt !== null && (
        <Text size={200} className={styles.quiet}>
          <FormattedMessage
            id="library.read"
            values={{ when: <TimeAgo at={segment.readAt} />, name: segment.readBy }}
          />
        </Text>
      )}
      {segment.mends !== null && (
        <Link
          as="button"
          aria-label={intl.formatMessage({ id: 'mended.open-named' }, { name: segment.name })}
          onClick={() => askAboutMended([segment.segmentId])}
        >
          <FormattedMessage id="mended.open" />
        </Link>
      )}
      {segment.changedOnDisk && !reading && (
        <>
          <Text size={200} className={styles.changed}>
            <FormattedMessage id="library.changed-on-disk" />
          </Text>
          <Button
            size="small"
            icon={<ArrowSyncRegular />}
            aria-label={intl.formatMessage({ id: 'library.read-again-named' }, { name: segment.name })}
            onClick={onReadAgain}
          >
            <FormattedMessage id="library.read-again" />
          </Button>
        </>
      )}
      {watch !== undefined && <WatchLine watch={watch} name={segment.name} />}
      {reading && (
        <>
          <ProgressBar
            className={styles.progress}
            aria-label={intl.formatMessage({ id: 'segment.reading' })}
            {...(progress === null ? {} : { value: share(progress.bytesRead, progress.bytesTotal) })}
          />
          <Link as="button" onClick={onCancel}>
            <FormattedMessage id="segment.cancel-reading" />
          </Link>
        </>
      )}
    </div>
  );
}

/** One segment of the library. */
export function SegmentRow(props: SegmentRowProps) {
  const { segment, users } = props;
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const mountNode = useMainLandmark();
  const known = segment.readAt !== null;
  return (
    <TableRow data-testid="library-row">
      <TableCell className={styles.cell}>
        <div className={styles.words}>
          <Text weight="semibold">{segment.name}</Text>
          {/* What a watched folder brought is told where the folder is. */}
          {(props.watch?.problem ?? null) === null && <ErrorNotice error={segment.error} />}
        </div>
      </TableCell>
      <TableCell className={styles.cell}>
        <div className={styles.words}>
          <Text className={styles.number}>{known ? format.number(segment.rowCount) : '–'}</Text>
          <GrowthChart segment={segment} />
        </div>
      </TableCell>
      <TableCell className={styles.cell}>
        <Text className={styles.number}>{known ? format.number(segment.columns.length) : '–'}</Text>
      </TableCell>
      <TableCell className={styles.cell}>
        <Source {...props} />
      </TableCell>
      <TableCell className={styles.cell}>
        <div className={styles.words}>
          <Text>
            {users.length === 0
              ? '–'
              : intl.formatList(
                  users.map(({ name }) => name),
                  { type: 'unit' },
                )}
          </Text>
          {known && (
            <Link
              as="button"
              aria-label={intl.formatMessage({ id: 'library.manage-named' }, { name: segment.name })}
              onClick={props.onManageExports}
            >
              <FormattedMessage id="library.manage" />
            </Link>
          )}
        </div>
      </TableCell>
      <TableCell className={styles.cell}>
        <span className={styles.actions}>
          <Menu mountNode={mountNode}>
            <MenuTrigger disableButtonEnhancement>
              <Button
                appearance="subtle"
                icon={<MoreHorizontalRegular />}
                title={intl.formatMessage({ id: 'column.actions' })}
                aria-label={intl.formatMessage({ id: 'library.actions-named' }, { name: segment.name })}
              />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {known && (
                  <>
                    <MenuItem icon={<DocumentArrowUpRegular />} onClick={props.onReplace}>
                      <FormattedMessage id="library.replace" />
                    </MenuItem>
                    <MenuItem icon={<FolderSearchRegular />} onClick={props.onWatch}>
                      <FormattedMessage id={props.watch === undefined ? 'watch.menu' : 'watch.menu.change'} />
                    </MenuItem>
                    <MenuItem icon={<RenameRegular />} onClick={props.onRename}>
                      <FormattedMessage id="library.rename" />
                    </MenuItem>
                    <MenuItem icon={<CopyRegular />} onClick={props.onDuplicate}>
                      <FormattedMessage id="library.duplicate" />
                    </MenuItem>
                  </>
                )}
                <MenuItem icon={<DeleteRegular />} onClick={props.onRemove}>
                  <FormattedMessage id="library.remove" />
                </MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </span>
      </TableCell>
    </TableRow>
  );
}
