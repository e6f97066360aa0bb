import { buttonClass } from "#components/ui/button";
import { FILTER_FIELD, FilterField, FilterForm } from "#components/ui/filter-form";
import type { Account } from "#lib/accounts/schema";
import { fill, type Messages } from "#lib/i18n/schema";
import { type PostFilter as Filter, POST_STATUSES } from "#lib/posts/schema";

type PostFilterProps = {
  filter: Filter;
  /** The number of results, as text. */
  found: string;
  accounts: Account[];
  /** The networks' display names. */
  labels: Record<string, string>;
  text: Messages["posts"];
};

/** The filter that selects posts. */
export function PostFilter({ filter, found, accounts, labels, text }: PostFilterProps) {
  const { status = "", platform = "", account_id: account = "", group_id: group, id } = filter;
  const isFiltered = Boolean(status || platform || account || group || id);
  const isListed = !account || accounts.some(({ account_id: id }) => id === account);
  return (
    <FilterForm
      action="/posts"
      label={text.filter}
      values={{ status, platform, account_id: account }}
      found={found}
      apply={text.apply}
      className="grid grid-cols-2 items-end max-sm:[&>:nth-child(3)]:col-span-2 gap-x-3 gap-y-2 border-b border-line p-4 sm:flex sm:flex-wrap sm:items-center sm:gap-x-5 sm:px-6 sm:py-2.5"
      clear={
        isFiltered && (
          <a href="/posts" className={buttonClass("quiet")}>
            {text.clear}
          </a>
        )
      }
    >
      <FilterField id="posts-status" name={text.columns.state} isInline>
        <select id="posts-status" name="status" defaultValue={status} className={FILTER_FIELD}>
          <option value="">{text.everyState}</option>
          {POST_STATUSES.map((one) => (
            <option key={one} value={one}>
              {text.states[one]}
            </option>
          ))}
        </select>
      </FilterField>
      <FilterField id="posts-network" name={text.network} isInline>
        <select id="posts-network" name="platform" defaultValue={platform} className={FILTER_FIELD}>
          <option value="">{text.everyNetwork}</option>
          {Object.entries(labels).map(([network, label]) => (
            <option key={network} value={network} translate="no">
              {label}
            </option>
          ))}
          {platform && !labels[platform] && <option value={platform}>{platform}</option>}
        </select>
      </FilterField>
      <FilterField id="posts-account" name={text.columns.account} isInline>
        <select id="posts-account" name="account_id" defaultValue={account} className={FILTER_FIELD}>
          <option value="">{text.everyAccount}</option>
          {accounts.map(({ account_id: id, display_name: name, social_channel_type: network }) => (
            <option key={id} value={id} translate="no">
              {fill("{name} ({network})", { name, network: labels[network] ?? network })}
            </option>
          ))}
          {!isListed && <option value={account}>{account}</option>}
        </select>
      </FilterField>
    </FilterForm>
  );
}
