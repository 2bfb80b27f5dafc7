// The global fetch.
import { play } from "./story.mjs";

await play(async (method, url, headers, body) => {
  const answer = await fetch(url, { method, headers, body });
  // `text()` takes the byte order mark off.
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
  };
});
