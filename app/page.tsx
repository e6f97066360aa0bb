import { redirect } from "next/navigation";
import { findCurrentUser } from "#lib/auth/get-current-user";

export default async function HomePage() {
  redirect((await findCurrentUser()) ? "/settings" : "/sign-in");
}
