import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Spinner,
} from '@fluentui/react-components';
import { SendRegular, SplitVerticalRegular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import { FormattedMessage } from 'react-intl';
import type { ExportView } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { useAction } from '../../components/use-action.ts';
import { countOfSplit, hasLargeSegment, mostProfiles, usualProfiles } from '../../stores/export-size.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { askAboutSize, useUiStore } from '../../stores/ui-store.ts';
import { exportNow, splitExport } from './export-actions.ts';

const useStyles = makeStyles({ text: { margin: '0 0 12px' } });

const close = (): void => askAboutSize(null);

function SizeQuestion({ view }: { readonly view: ExportView }) {
  const styles = useStyles();
  const segments = useMirror((mirror) => mirror.segments);
  const count = countOfSplit(view.segments, segments);
  const send = useAction(() => exportNow(view, { sizeIsKnown: true }));
  const splitting = useRef<AbortController>(null);
  const split = useAction(() => {
    splitting.current = new AbortController();
    return splitExport(view, splitting.current.signal);
  });
  // However the question is closed, nothing goes on behind it.
  useEffect(() => () => splitting.current?.abort(), []);
  const pending = send.pending || split.pending;
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="large-export.title" values={{ name: view.name, count: mostProfiles(view, segments) }} />
      </DialogTitle>
      <DialogContent>
        <p className={styles.text}>
          <FormattedMessage id="large-export.why" values={{ usual: usualProfiles }} />
        </p>
        <p className={styles.text}>
          <FormattedMessage
            id={hasLargeSegment(view.segments, segments) ? 'large-export.can-split-rows' : 'large-export.can-split'}
            values={{ count, usual: usualProfiles }}
          />
        </p>
        <ErrorNotice error={send.error ?? split.error} />
      </DialogContent>
      <DialogActions fluid>
        <Button appearance="primary" icon={<SendRegular />} disabledFocusable={pending} onClick={() => void send.run()}>
          <FormattedMessage id="large-export.send-all" />
        </Button>
        <Button
          icon={split.pending ? <Spinner size="extra-tiny" aria-hidden /> : <SplitVerticalRegular />}
          disabledFocusable={pending}
          onClick={() => void split.run()}
        >
          <FormattedMessage id={split.pending ? 'large-export.splitting' : 'large-export.split'} values={{ count }} />
        </Button>
        <Button onClick={close}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

/** Before a run of more profiles than one export used to take: send them all, split the export, or leave it. */
export function LargeExportDialog() {
  const exportId = useUiStore((state) => state.largeExportId);
  const view = useMirror((mirror) => mirror.exports.find((candidate) => candidate.exportId === exportId));
  return <Modal onClose={close}>{view === undefined ? null : <SizeQuestion key={view.exportId} view={view} />}</Modal>;
}
