import {
  Button,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  known: { display: 'flex', flexWrap: 'wrap', gap: '0 12px', maxHeight: '40vh', overflowY: 'auto' },
  add: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: '8px', alignItems: 'end' },
});

/** Whether segments have a tag: all, none, or some of them. */
type Has = boolean | 'mixed';

interface TagsDialogProps {
  readonly segments: readonly SegmentView[];
  /** Every tag there is, by the alphabet. */
  readonly known: readonly string[];
  readonly onDone: () => void;
}

/** Puts words on one segment or several, and takes them off. */
export function TagsDialog({ segments, known, onDone }: TagsDialogProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [made, setMade] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({});
  const [typed, setTyped] = useState('');
  const shown = [...known, ...made];
  const had = (tag: string): Has => {
    const count = segments.filter(({ tags }) => tags.includes(tag)).length;
    return count === segments.length ? true : count === 0 ? false : 'mixed';
  };
  const choose = (tag: string, yes: boolean): void => setChosen({ ...chosen, [tag]: yes });
  const word = typed.trim().replace(/\s+/g, ' ');
  const same = shown.find((tag) => tag.toLocaleLowerCase() === word.toLocaleLowerCase());
  const add = (): void => {
    if (word === '') return;
    if (same === undefined) setMade([...made, word]);
    choose(same ?? word, true);
    setTyped('');
  };
  const save = useAction(async () => {
    // What was typed and not added is meant too.
    const tags = { ...chosen, ...(word === '' ? {} : { [same ?? word]: true }) };
    const of = (yes: boolean) => Object.keys(tags).filter((tag) => tags[tag] === yes && had(tag) !== yes);
    const segmentIds = segments.map(({ segmentId }) => segmentId);
    await call('segments.changeTags', { segmentIds, add: of(true), remove: of(false) });
    onDone();
  });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (word === '') void save.run();
    else add();
  };
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="tags.title" values={{ count: segments.length, name: segments[0]?.name ?? '' }} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        <div className={styles.add}>
          <Field label={intl.formatMessage({ id: 'tags.new' })}>
            <Input value={typed} maxLength={40} onChange={(_, data) => setTyped(data.value)} onKeyDown={onKey} />
          </Field>
          <Button icon={<AddRegular />} disabled={word === ''} onClick={add}>
            <FormattedMessage id="tags.add" />
          </Button>
        </div>
        {shown.length > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like this in every engine
          <div role="group" aria-label={intl.formatMessage({ id: 'tags.known' })} className={styles.known}>
            {shown.map((tag) => (
              <Checkbox
                key={tag}
                label={tag}
                checked={chosen[tag] ?? had(tag)}
                onChange={(_, { checked }) => choose(tag, checked === true)}
              />
            ))}
          </div>
        )}
        <ErrorNotice error={save.error} />
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" disabledFocusable={save.pending} onClick={() => void save.run()}>
          <FormattedMessage id="action.save" />
        </Button>
        <Button onClick={onDone}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
