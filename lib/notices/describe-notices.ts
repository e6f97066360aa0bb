import type { Notice as NoticeRow, Prisma } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { settings } from "#lib/env";
import { type Notice, type NoticeKind, noticeSchema } from "#lib/notices/schema";
import { partsSchema } from "#lib/posts/schema";

type Subject = { name: string | null; detail?: string | null };

const EXCERPT_CHARACTERS = 80;

/** Converts notices' rows for output, with what their subjects are called now. */
export const describeNotices = async (tx: Prisma.TransactionClient, rows: NoticeRow[]): Promise<Notice[]> => {
  const organizations = await nameOrganizations(tx, rows);
  const subjects = await nameSubjects(tx, rows);
  const { publicUrl } = settings();
  return rows.map((row) => {
    const { id, kind, subjectId, organizationId } = row;
    const { name = null, detail = null } = subjects.get(subjectId) ?? {};
    return noticeSchema.parse({
      ...{ id, kind, subject_id: subjectId, subject_name: name, subject_detail: detail },
      created_at: toMoment(row.createdAt),
      read_at: row.readAt && toMoment(row.readAt),
      organization: organizationId && { id: organizationId, name: organizations.get(organizationId) ?? "" },
      expires_at: kind === "key.expiring" ? toMoment(new Date(row.step.slice(row.step.indexOf("/") + 1))) : null,
      url: publicUrl + toPath(row),
    });
  });
};

function toPath({ kind, subjectId, organizationId }: NoticeRow): string {
  if (kind === "key.leaked") return `/settings/keys/${subjectId}/leak`;
  if (kind.startsWith("key.")) return `/settings/keys/${subjectId}`;
  if (kind.startsWith("post.")) return `/posts?status=${kind.slice("post.".length)}`;
  if (kind.startsWith("account.")) return "/accounts";
  return organizationId ? `/account/organizations/${organizationId}` : "/account/security";
}

async function nameOrganizations(tx: Prisma.TransactionClient, rows: NoticeRow[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ organizationId }) => organizationId ?? []);
  const found = await tx.organization.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function nameSubjects(tx: Prisma.TransactionClient, rows: NoticeRow[]): Promise<Map<string, Subject>> {
  const of = (beginning: string) => {
    const about = rows.filter(({ kind }) => (kind as NoticeKind).startsWith(beginning));
    return { where: { id: { in: about.map(({ subjectId }) => subjectId) } } };
  };
  const keys = await tx.apiKey.findMany({ ...of("key."), select: { id: true, name: true, preview: true } });
  const accounts = await tx.socialAccount.findMany({
    ...of("account."),
    select: { id: true, displayName: true, network: true },
  });
  const posts = await tx.post.findMany({ ...of("post."), select: { id: true, parts: true } });
  const members = await tx.user.findMany({ ...of("member."), select: { id: true, name: true, email: true } });
  return new Map<string, Subject>([
    ...keys.map(({ id, name, preview }) => [id, { name, detail: preview }] as const),
    ...accounts.map(({ id, displayName, network }) => [id, { name: displayName, detail: network }] as const),
    ...posts.map(({ id, parts }) => [id, { name: toExcerpt(parts) }] as const),
    ...members.map(({ id, name, email }) => [id, { name: name ?? email }] as const),
  ]);
}

function toExcerpt(parts: unknown): string {
  const text = (partsSchema.parse(parts)[0]?.text ?? "").replaceAll(/\s+/g, " ").trim();
  const characters = [...text];
  return characters.length > EXCERPT_CHARACTERS ? `${characters.slice(0, EXCERPT_CHARACTERS - 1).join("")}…` : text;
}
