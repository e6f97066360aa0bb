import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { expect, test } from "./fixtures.ts";
import { withOwnServer } from "./with-own-server.ts";

const LATER = "2099-01-01T00:00:00Z";

withOwnServer({}, (own) => {
  const act = (method: string, path: string) =>
    ask(own.server.url, `/v2/posts/${path}`, { method, headers: withKey(own.key) });

  for (const body of [
    { scheduledAt: LATER, post: { text: "a" } },
    { scheduled_at: LATER, post: { text: "a" } },
    { scheduledTime: LATER, post: { text: "a" } },
    { post: { text: "a", scheduledAt: LATER } },
    { post: { text: "a", scheduled_at: "2099-01-01T08:00:00+08:00" } },
    { post: { text: "a", scheduledTime: "2099-01-01T00:00Z" } },
    { scheduledTime: "2099-01-01T08:00:00.000+08:00", post: { text: "a", scheduledAt: LATER, scheduled_at: null } },
  ]) {
    test(`${JSON.stringify(body)} is published then, and not before`, async () => {
      const { status, json } = await own.post(body);
      expect(status).toBe(201);
      expect(json).toMatchObject({
        message: "Post scheduled successfully",
        data: { status: "scheduled", scheduled_at: LATER, published_at: null, parts: [], attempts: 0 },
      });
    });
  }

  for (const [body, field] of [
    [{ post: { text: "a" }, scheduledTime: "later" }, "scheduledTime"],
    [{ post: { text: "a", scheduledAt: "2099-01-01T00:00:00" } }, "post.scheduledAt"],
    [{ post: { text: "a", scheduledAt: "2099-02-30T00:00:00Z" } }, "post.scheduledAt"],
    [{ post: { text: "a", scheduledAt: "2020-01-01T00:00:00Z" } }, "post.scheduledAt"],
    [{ post: { text: "a", scheduledAt: 4070908800 } }, "post.scheduledAt"],
    [{ post: { text: "a", scheduledAt: "" } }, "post.scheduledAt"],
    [{ post: { text: "a", scheduledAt: false } }, "post.scheduledAt"],
    [{ scheduledAt: LATER, post: { text: "a", scheduledAt: "2099-01-02T00:00:00Z" } }, "post.scheduledAt"],
    [{ post: { text: "a", publishAt: LATER } }, "post.publishAt"],
    [{ post: { text: "a", Schedule: LATER } }, "post.Schedule"],
    [{ post: { content: { text: "a", scheduledAt: LATER } } }, "post.content.scheduledAt"],
    [{ post: { text: "a", target: { scheduledTime: LATER } } }, "post.target.scheduledTime"],
    [{ post: { text: "a" }, useNextFreeSlot: true }, "useNextFreeSlot"],
  ] as const) {
    test(`${JSON.stringify(body)} is a 400 InvalidSchedule that names ${field}, in both dialects`, async () => {
      const answer = await own.post(body);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ error: "InvalidSchedule", fields: { [field]: [expect.any(String)] } });
      const other = await ask(own.server.url, "/v2/posts", { json: body, headers: withAuthorization(own.key) });
      expect(other.json).toEqual(answer.json.fields);
    });
  }

  test("a time that has only just passed is now", async () => {
    const { json } = await own.post({
      post: { text: "a", scheduledAt: new Date(Date.now() - 60_000).toISOString() },
    });
    expect(json.data).toMatchObject({ status: "published" });
  });

  test("a post that waits is cancelled once, and anything else is not", async () => {
    const { json } = await own.post({ scheduledAt: LATER, post: { text: "a" } });
    const id = String(json.postSubmissionId);
    const cancelled = await act("DELETE", id);
    expect(cancelled.status).toBe(200);
    expect(cancelled.json).toMatchObject({
      success: true,
      message: "Post cancelled successfully",
      data: { id, status: "cancelled" },
    });
    expect(await act("DELETE", id)).toMatchObject({ status: 409, json: { error: "InvalidState" } });
    expect(await act("POST", `${id}/retry`)).toMatchObject({ status: 409, json: { error: "InvalidState" } });
    const published = await own.post({ post: { text: "a" } });
    const publishedId = String(published.json.postSubmissionId);
    expect(await act("DELETE", publishedId)).toMatchObject({ status: 409, json: { error: "InvalidState" } });
    expect(await act("POST", `${publishedId}/retry`)).toMatchObject({ status: 409, json: { error: "InvalidState" } });
    for (const nobodys of ["01a20000-0000-7000-8000-000000000000", "x"]) {
      expect(await act("DELETE", nobodys)).toMatchObject({ status: 404, json: { message: "Post not found" } });
      expect(await act("POST", `${nobodys}/retry`)).toMatchObject({ status: 404, json: { message: "Post not found" } });
    }
  });
});
