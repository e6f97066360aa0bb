import { buttonClass } from "#components/ui/button";
import type { Elements } from "#components/ui/elements";
import type { Account } from "#lib/accounts/schema";
import { fill, type Messages } from "#lib/i18n/schema";
import { type PostFilter as Filter, POST_STATUSES } from "#lib/posts/schema";

type PostFilterProps = {
  filter: Filter;
  accounts: Account[];
  /** The networks' own names. */
  labels: Record<string, string>;
  text: Messages["posts"];
};

const FIELD =
  "mt-1 block min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3 text-input mouse:min-h-9 mouse:text-body";

/** Which posts are shown: a form that becomes the page's address, so that it works without JavaScript. */
export function PostFilter({ filter, accounts, labels, text }: PostFilterProps) {
  const { status = "", platform = "", account_id: account = "" } = filter;
  const isFiltered = Boolean(status || platform || account);
  const isListed = !account || accounts.some(({ account_id: id }) => id === account);
  return (
    <form
      action="/posts"
      aria-label={text.filter}
      className="grid items-end gap-x-4 gap-y-3 border-b border-line p-4 sm:grid-cols-3 sm:px-6 lg:grid-cols-[1fr_1fr_1fr_auto]"
    >
      <Field id="posts-status" name={text.columns.state}>
        <select id="posts-status" name="status" defaultValue={status} className={FIELD}>
          <option value="">{text.everyState}</option>
          {POST_STATUSES.map((one) => (
            <option key={one} value={one}>
              {text.states[one]}
            </option>
          ))}
        </select>
      </Field>
      <Field id="posts-network" name={text.network}>
        <select id="posts-network" name="platform" defaultValue={platform} className={FIELD}>
          <option value="">{text.everyNetwork}</option>
          {Object.entries(labels).map(([network, label]) => (
            <option key={network} value={network} translate="no">
              {label}
            </option>
          ))}
          {platform && !labels[platform] && <option value={platform}>{platform}</option>}
        </select>
      </Field>
      <Field id="posts-account" name={text.columns.account}>
        <select id="posts-account" name="account_id" defaultValue={account} className={FIELD}>
          <option value="">{text.everyAccount}</option>
          {accounts.map(({ account_id: id, display_name: name, social_channel_type: network }) => (
            <option key={id} value={id} translate="no">
              {fill("{name} ({network})", { name, network: labels[network] ?? network })}
            </option>
          ))}
          {!isListed && <option value={account}>{account}</option>}
        </select>
      </Field>
      <div className="flex flex-wrap gap-2 sm:col-span-full lg:col-span-1">
        <button type="submit" className={buttonClass()}>
          {text.apply}
        </button>
        {isFiltered && (
          <a href="/posts" className={buttonClass("quiet")}>
            {text.clear}
          </a>
        )}
      </div>
    </form>
  );
}

function Field({ id, name, children }: { id: string; name: string; children: Elements }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-small text-muted">
        {name}
      </label>
      {children}
    </div>
  );
}
