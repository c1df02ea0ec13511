import { Button, Combobox, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ListView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { Modal } from '../../components/modal.tsx';
import { useAction } from '../../components/use-action.ts';
import { changeDraft, navigate, signInAgain } from '../../stores/draft-store.ts';
import type { EditedExport } from '../../stores/export-draft.ts';
import { matchesSearch } from '../../text/format.ts';
import { CreateListForm } from './create-list-form.tsx';
import { looksLikeReference } from './list-reference.ts';
import { useLists } from './use-lists.ts';

/** A list that is longer than this is narrowed by typing; drawing thousands would only be slow. */
const mostOptions = 100;
/** Value of the option that looks up what was pasted; no list has such an ID. */
const lookUp = 'look-up';

const useStyles = makeStyles({
  row: { display: 'flex', gap: '8px', alignItems: 'flex-start', flexWrap: 'wrap' },
  field: { flex: '1 1 200px', minWidth: 0 },
  combobox: { width: '100%', minWidth: 0 },
  option: { display: 'flex', justifyContent: 'space-between', gap: '16px', width: '100%' },
  count: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  create: { marginTop: '26px' },
});

/** The Constant Contact list: by name, by a pasted ID or web address, or a new one. */
export function ListPicker({ draft, proposedName }: { readonly draft: EditedExport; readonly proposedName: string }) {
  const intl = useIntl();
  const styles = useStyles();
  const mountNode = useMainLandmark();
  const { connectionId, list } = draft;
  const { lists, pending, error, again } = useLists(connectionId);
  /** What stands in the field in place of the chosen list's name; null while nothing was typed. */
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? list?.name ?? '';
  const [creating, setCreating] = useState(false);
  const listId = list?.listId;

  const choose = (chosen: Pick<ListView, 'listId' | 'name'> | undefined): void => {
    if (chosen === undefined) return;
    setTyped(null);
    changeDraft((edited) => ({ ...edited, list: { listId: chosen.listId, name: chosen.name } }));
  };
  const resolve = useAction(async (reference: string) => {
    if (connectionId !== null) choose(await call('lists.resolve', { connectionId, reference }));
  });
  const isReference = looksLikeReference(text);
  const found =
    typed !== null && !isReference ? lists.filter((candidate) => matchesSearch(candidate.name, text)) : lists;

  /** What was typed or pasted, taken as an answer. */
  const commit = (): void => {
    if (typed === null) return;
    const wanted = text.trim();
    const same = lists.filter((candidate) => candidate.name.toLocaleLowerCase() === wanted.toLocaleLowerCase());
    if (same.length === 1) {
      choose(same[0]);
      return;
    }
    // What stands in the field names no list yet: the one chosen before must not be sent to unseen.
    changeDraft((edited) => ({ ...edited, list: null }));
    if (isReference) void resolve.run(wanted);
  };
  const unmatched = typed !== null && !isReference && text.trim() !== '' && !pending && found.length === 0;

  return (
    <>
      <div className={styles.row}>
        <Field
          className={styles.field}
          required
          label={intl.formatMessage({ id: 'list.label' })}
          hint={intl.formatMessage({ id: 'list.hint' })}
          {...(unmatched
            ? { validationState: 'warning', validationMessage: intl.formatMessage({ id: 'list.none-found' }) }
            : {})}
        >
          <Combobox
            mountNode={mountNode}
            className={styles.combobox}
            freeform
            disabled={connectionId === null}
            placeholder={intl.formatMessage({ id: pending ? 'list.loading' : 'list.placeholder' })}
            value={text}
            selectedOptions={listId === undefined ? [] : [listId]}
            onChange={(event) => {
              setTyped(event.target.value);
              resolve.clear();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.currentTarget.getAttribute('aria-activedescendant')) commit();
            }}
            onBlur={commit}
            onOptionSelect={(_, data) => {
              // Typing tells of the selection it ends without an option; what was typed is taken on leaving the field.
              if (data.optionValue === lookUp) void resolve.run(text.trim());
              else choose(lists.find((candidate) => candidate.listId === data.optionValue));
            }}
          >
            {isReference && typed !== null ? (
              <Option value={lookUp} text={text}>
                {intl.formatMessage({ id: 'list.look-up' })}
              </Option>
            ) : (
              found.slice(0, mostOptions).map((candidate) => (
                <Option key={candidate.listId} value={candidate.listId} text={candidate.name}>
                  <span className={styles.option}>
                    <span>{candidate.name}</span>
                    <Text size={200} className={styles.count}>
                      <FormattedMessage id="list.contacts" values={{ count: candidate.membershipCount }} />
                    </Text>
                  </span>
                </Option>
              ))
            )}
            {found.length > mostOptions && !isReference && (
              <Option disabled value="more" text="">
                {intl.formatMessage({ id: 'list.more' }, { count: found.length - mostOptions })}
              </Option>
            )}
          </Combobox>
        </Field>
        <Button
          className={styles.create}
          icon={<AddRegular />}
          disabled={connectionId === null}
          onClick={() => setCreating(true)}
        >
          <FormattedMessage id="list.create" />
        </Button>
      </div>
      <ErrorNotice
        error={resolve.error ?? error}
        actions={{
          retry: () => (resolve.error === null ? again() : void resolve.run(text.trim())),
          'sign-in': () => signInAgain(connectionId),
          'show-connections': () => navigate({ name: 'connections' }),
        }}
      />
      <Modal onClose={() => setCreating(false)}>
        {creating && connectionId !== null ? (
          <CreateListForm
            connectionId={connectionId}
            proposedName={typed !== null && !isReference && text.trim() !== '' ? text.trim() : proposedName}
            onCreated={(created) => {
              setCreating(false);
              choose(created);
              again();
            }}
            onCancel={() => setCreating(false)}
          />
        ) : null}
      </Modal>
    </>
  );
}
