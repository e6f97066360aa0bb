import type { PostsText } from "#components/posts/posts-text";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import type { Account } from "#lib/accounts/schema";
import { fill } from "#lib/i18n/schema";

type AccountFieldProps = {
  accounts: Account[];
  /** The networks' display names. */
  labels: Record<string, string>;
  value: string;
  error: string | undefined;
  text: PostsText;
  onChange: (accountId: string) => void;
};

/** The account of a post. An account that its network refuses cannot be selected. */
export function AccountField({ accounts, labels, value, error, text, onChange }: AccountFieldProps) {
  const words = text.compose;
  const help = (
    <a
      href="/accounts"
      target="_blank"
      rel="noreferrer"
      className="inline-block py-3 underline underline-offset-2 mouse:py-0"
    >
      {words.connect}
    </a>
  );
  return (
    <Field label={words.account} error={error} help={help}>
      {(aria) => (
        <select
          {...aria}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${INPUT} w-full`}
        >
          {accounts.map(({ account_id: id, display_name: name, social_channel_type: network, is_valid: isValid }) => (
            <option key={id} value={id} translate="no" disabled={!isValid}>
              {fill(isValid ? "{name} ({network})" : `{name} ({network}): ${words.revoked}`, {
                name,
                network: labels[network] ?? network,
              })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
