import type { Locale } from "#lib/i18n/schema";

const en = {
  title: "Choose an account",
  notice: "This is a stand-in for Google",
  noticeText:
    "It runs on this computer, so that you can try Boring Console before you set up Google. Nobody is verified here, and only this computer can reach this page.",
  heading: "Who would you like to be?",
  lead: (console: string) => `You go back to Boring Console at ${console} as the person you choose.`,
  people: "People",
  unverified: "address not verified",
  other: "Somebody else",
  email: "E-mail address",
  emailError: "Enter an e-mail address, for example dana@example.com.",
  name: "Name (optional)",
  continue: "Continue",
  cancel: "Cancel",
  footer: "Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET to sign in with Google itself.",
  expired: "This sign-in is over",
  expiredText: "It took too long, or it was finished in another tab. Start again from the console.",
  broken: "This sign-in cannot go on",
  brokenText: "The request does not fit this installation. Start again from the console.",
  back: "Back to Boring Console",
};

const zhTW: typeof en = {
  title: "選擇帳號",
  notice: "這是 Google 登入的替代頁面",
  noticeText:
    "它在這台電腦上執行，讓您在設定 Google 之前先試用 Boring Console。這裡不會驗證任何人的身分，也只有這台電腦能連到本頁面。",
  heading: "您想以誰的身分登入？",
  lead: (console) => `您將以所選的身分回到 ${console} 的 Boring Console。`,
  people: "帳號清單",
  unverified: "電子郵件未經驗證",
  other: "使用其他帳號",
  email: "電子郵件地址",
  emailError: "請輸入電子郵件地址，例如 dana@example.com。",
  name: "名稱（選填）",
  continue: "繼續",
  cancel: "取消",
  footer: "設定 GOOGLE_CLIENT_ID 與 GOOGLE_CLIENT_SECRET 即可改用 Google 登入。",
  expired: "這次登入已結束",
  expiredText: "可能是等候過久，或已在其他分頁完成。請從主控台重新開始。",
  broken: "無法繼續這次登入",
  brokenText: "這個請求與本系統的設定不符。請從主控台重新開始。",
  back: "回到 Boring Console",
};

/** Everything that the stand-in says, in the two languages of the console. */
export const MESSAGES: Record<Locale, typeof en> = { en, "zh-TW": zhTW };
