import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Spinner,
} from '@fluentui/react-components';
import { DocumentAddRegular, SendRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MendedView, SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { useAction } from '../../components/use-action.ts';
import { mendedAnswered, useMendedStore } from '../../stores/mended-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useFormat } from '../../text/use-format.ts';
import { leaveMended, sendMended } from './mended-actions.ts';
import { MendedCounts } from './mended-counts.tsx';

const useStyles = makeStyles({ text: { margin: '0 0 12px' } });

interface QuestionProps {
  readonly segment: SegmentView;
  readonly mends: NonNullable<SegmentView['mends']>;
}

function Question({ segment, mends }: QuestionProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const { segmentId } = segment;
  const { runId } = mends;
  const [found, setFound] = useState<MendedView | null>(null);
  const check = useAction(async () => setFound(await call('runs.checkMended', { runId, segmentId })));
  const send = useAction(async () => {
    if (found !== null) await sendMended(segmentId, found);
  });
  const leave = useAction(() => leaveMended(segmentId));
  const look = check.run;
  useEffect(() => void look(), [look]);
  const pending = check.pending || send.pending || leave.pending;
  const toSend = found?.counts.toSend ?? 0;
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="mended.title" values={{ name: mends.exportName }} />
      </DialogTitle>
      <DialogContent>
        <p className={styles.text}>
          <FormattedMessage
            id="mended.intro"
            values={{ file: segment.fileName, time: format.exactTime(mends.startedAt) }}
          />
        </p>
        {check.pending && <Spinner size="small" label={intl.formatMessage({ id: 'mended.checking' })} />}
        {found !== null && <MendedCounts found={found} />}
        <ErrorNotice error={check.error ?? send.error ?? leave.error} />
      </DialogContent>
      <DialogActions fluid>
        <Button
          appearance="primary"
          icon={<SendRegular />}
          disabled={found !== null && toSend === 0}
          disabledFocusable={pending || found === null}
          onClick={() => void send.run()}
        >
          {toSend === 0 ? (
            <FormattedMessage id="mended.send-none" />
          ) : (
            <FormattedMessage id="mended.send" values={{ count: toSend }} />
          )}
        </Button>
        <Button icon={<DocumentAddRegular />} disabledFocusable={pending} onClick={() => mendedAnswered(segmentId)}>
          <FormattedMessage id="mended.as-segment" />
        </Button>
        <Button disabledFocusable={pending} onClick={() => void leave.run()}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

/** A file of mended rows came in, whatever it is called: send them as part of their run, or use it as any other segment. */
export function MendedDialog() {
  const asked = useMendedStore((state) => state.asked);
  const segments = useMirror((mirror) => mirror.segments);
  const segment = asked
    .flatMap((id) => segments[id] ?? [])
    .find((view) => view.state === 'ready' && view.mends !== null);
  const mends = segment?.mends ?? null;
  return (
    <Modal onClose={() => segment !== undefined && void leaveMended(segment.segmentId)}>
      {segment === undefined || mends === null ? null : (
        <Question key={segment.segmentId} segment={segment} mends={mends} />
      )}
    </Modal>
  );
}
