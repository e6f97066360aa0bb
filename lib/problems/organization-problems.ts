import type { Sentences } from "#lib/problems/sentences";

/** Problems of organizations, their members and roles. */
export const ORGANIZATION_PROBLEMS = {
  organization_not_found: {
    api: "Organization not found",
    en: "This organization does not exist, or you are no longer a member.",
    "zh-TW": "這個組織不存在，或者您已不是成員。",
  },
  organization_id_form: {
    api: "Expected the id of an organization, which is a UUID.",
    "zh-TW": "必須是組織的 id（UUID）。",
  },
  role_admin_needed: {
    api: "Only admins and owners of the organization may do this.",
    "zh-TW": "只有組織的管理員與擁有者可以這樣做。",
  },
  role_owner_needed: {
    api: "Only owners of the organization may do this.",
    "zh-TW": "只有組織的擁有者可以這樣做。",
  },
  role_not_below: {
    api: "Your role only covers members with a lower role.",
    "zh-TW": "您的角色只能管理比自己低的角色。",
  },
  organization_limit: {
    api: "You own {most} organizations, which is the limit.",
    "zh-TW": "您已擁有 {most} 個組織，達到上限。",
  },
  owner_limit: {
    api: "This person owns {most} organizations, which is the limit.",
    "zh-TW": "這個人已擁有 {most} 個組織，達到上限。",
  },
  organization_name_other: {
    api: "Type the name of the organization as it is.",
    "zh-TW": "請輸入與組織完全相同的名稱。",
  },
  member_not_found: {
    api: "Member not found",
    en: "This person is no longer a member. Reload the page to see the current list.",
    "zh-TW": "這個人已不是成員，請重新載入頁面以查看目前的清單。",
  },
  member_limit: {
    api: "The organization has {most} members, which is the limit.",
    "zh-TW": "這個組織已有 {most} 位成員，達到上限。",
  },
  member_keys_undecided: {
    api: "The member knows API keys that work, listed in `keys`. Choose what becomes of them: keys=disable or keys=keep.",
    en: "Choose what becomes of the keys that this person knows.",
    "zh-TW": "請選擇如何處理這個人知道的金鑰。",
  },
  leave_keeps_no_keys: {
    api: "Whoever leaves cannot keep their keys working.",
    "zh-TW": "離開組織時，不能讓自己的金鑰繼續使用。",
  },
  notice_always: {
    api: "That a key leaked is always told in the console and by mail.",
    "zh-TW": "金鑰外洩一定會在主控台與郵件中通知。",
  },
  last_owner: {
    api: "An organization always has an owner. Appoint another one first, or delete the organization.",
    "zh-TW": "組織必須有擁有者。請先指定另一位擁有者，或刪除組織。",
  },
  time_zone_unknown: {
    api: "Expected the IANA name of a time zone, for example Asia/Taipei.",
    "zh-TW": "必須是時區的 IANA 名稱，例如 Asia/Taipei。",
  },
  user_email_other: {
    api: "Type the address of your account as it is.",
    "zh-TW": "請輸入與帳號完全相同的電子郵件地址。",
  },
  user_joined_meanwhile: {
    api: "You joined or left an organization at the same moment. Look at your organizations, then delete the account again.",
    "zh-TW": "您同時加入或離開了一個組織。請先查看您的組織，再刪除帳號。",
  },
  user_last_owner: {
    api: "You are the last owner of {names}. Appoint another owner there first, or delete the organization.",
    "zh-TW": "您是 {names} 的最後一位擁有者。請先在那裡指定另一位擁有者，或刪除組織。",
  },
} as const satisfies Record<string, Sentences>;

/** Problems of invitations. */
export const INVITATION_PROBLEMS = {
  invitation_not_found: {
    api: "Invitation not found",
    en: "This invitation does not exist, or is no longer open.",
    "zh-TW": "這個邀請不存在，或已不再有效。",
  },
  invitation_accepted: { api: "This invitation has been accepted.", "zh-TW": "這個邀請已被接受。" },
  invitation_declined: { api: "This invitation has been declined.", "zh-TW": "這個邀請已被婉拒。" },
  invitation_revoked: { api: "This invitation has been revoked.", "zh-TW": "這個邀請已被撤回。" },
  invitation_limit: {
    api: "The organization has {most} open invitations, which is the limit. Revoke one first.",
    "zh-TW": "這個組織已有 {most} 個待接受的邀請，達到上限。請先撤回一個。",
  },
  invitations_rate: {
    api: "You may send {most} invitations an hour. Try again later.",
    "zh-TW": "每小時最多可送出 {most} 個邀請，請稍後再試。",
  },
  invitation_to_member: {
    api: "Whoever has this address is a member already.",
    "zh-TW": "這個電子郵件地址已經是成員。",
  },
  invitation_to_oneself: {
    api: "This is your own address.",
    "zh-TW": "這是您自己的電子郵件地址。",
  },
  email_form: {
    api: "Expected an e-mail address, for example ada@example.com.",
    "zh-TW": "必須是電子郵件地址，例如 ada@example.com。",
  },
} as const satisfies Record<string, Sentences>;
