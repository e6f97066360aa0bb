import type { PostsText } from "#components/posts/posts-text";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";

type LeaveDraftDialogProps = { text: PostsText; onStay: () => void; onKeep: () => void; onDiscard: () => void };

/** Asks whether to keep or discard an unsent text. */
export function LeaveDraftDialog({ text, onStay, onKeep, onDiscard }: LeaveDraftDialogProps) {
  const words = text.compose;
  return (
    <Dialog title={words.leaveTitle} closeLabel={text.dialog.close} onDismiss={onStay}>
      <p>{words.leaveLead}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quietDanger" onClick={onDiscard}>
          {words.leave}
        </Button>
        <Button onClick={onKeep}>{words.keep}</Button>
        <Button look="primary" onClick={onStay} data-autofocus>
          {words.stay}
        </Button>
      </div>
    </Dialog>
  );
}
