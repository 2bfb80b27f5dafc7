// `node:https` over one kept connection.
import { Agent, request } from "node:https";
import { play } from "./story.mjs";

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const send = (method, url, headers, body) =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        // A TextDecoder takes the byte order mark off.
        const text = new TextDecoder().decode(Buffer.concat(chunks));
        resolve({ status: answer.statusCode, headers: answer.headers, body: text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });

await play(send);
agent.destroy();
