import { NothingHere } from "#components/console/nothing-here";
import { getMessages } from "#lib/i18n/get-messages";

export default async function NotFoundInConsole() {
  const { text } = await getMessages();
  return <NothingHere text={text} />;
}
