import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { CopyRegular, FolderOpenRegular, SaveRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { useAction } from '../../components/use-action.ts';
import { hideReport, useReportStore } from '../../stores/report-store.ts';

const useStyles = makeStyles({
  intro: { margin: '0 0 12px' },
  report: {
    margin: 0,
    padding: '8px 12px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  folder: { marginTop: '8px', paddingLeft: 0 },
  said: { minHeight: '20px', marginTop: '8px', overflowWrap: 'anywhere' },
});

/** What was done last, said below the report. */
type Said = { readonly id: 'report.copied' } | { readonly id: 'report.saved' | 'report.folder'; readonly file: string };

function Report() {
  const intl = useIntl();
  const styles = useStyles();
  const [text, setText] = useState<string | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const make = useAction(async () => setText((await call('report.make', {})).text));
  const save = useAction(async () => {
    const { savedTo } = await call('report.save', {});
    if (savedTo !== null) setSaid({ id: 'report.saved', file: savedTo });
  });
  const copy = useAction(async () => {
    await navigator.clipboard.writeText(text ?? '');
    setSaid({ id: 'report.copied' });
  });
  const openFolder = useAction(async () => {
    const { folder } = await call('report.openLogFolder', {});
    if (folder !== null) setSaid({ id: 'report.folder', file: folder });
  });
  const look = make.run;
  useEffect(() => void look(), [look]);
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="report.title" />
      </DialogTitle>
      <DialogContent>
        <p className={styles.intro}>
          <FormattedMessage id="report.intro" />
        </p>
        {make.pending && <Spinner size="small" label={intl.formatMessage({ id: 'report.making' })} />}
        {text !== null && (
          <ScrollRegion label={intl.formatMessage({ id: 'report.title' })} maxHeight={280}>
            <pre className={styles.report}>{text}</pre>
          </ScrollRegion>
        )}
        <Button
          className={styles.folder}
          appearance="transparent"
          size="small"
          icon={<FolderOpenRegular />}
          onClick={() => void openFolder.run()}
        >
          <FormattedMessage id="report.open-log-folder" />
        </Button>
        <div role="status" className={styles.said}>
          {said !== null && intl.formatMessage({ id: said.id }, { file: said.id === 'report.copied' ? '' : said.file })}
        </div>
        <ErrorNotice error={make.error ?? save.error ?? copy.error ?? openFolder.error} />
      </DialogContent>
      <DialogActions fluid>
        <Button
          appearance="primary"
          icon={<SaveRegular />}
          disabledFocusable={text === null || save.pending}
          onClick={() => void save.run()}
        >
          <FormattedMessage id="report.save" />
        </Button>
        <Button icon={<CopyRegular />} disabledFocusable={text === null} onClick={() => void copy.run()}>
          <FormattedMessage id="action.copy" />
        </Button>
        <Button onClick={hideReport}>
          <FormattedMessage id="action.close" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

/** A report for whoever helps, to be read before it is saved or copied. Lies over everything, a failed screen too. */
export function ReportDialog() {
  const open = useReportStore((state) => state.open);
  return <Modal onClose={hideReport}>{open ? <Report /> : null}</Modal>;
}
