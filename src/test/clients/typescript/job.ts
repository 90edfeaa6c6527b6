// Submits a job with the generated types, waits for its end, and keeps an image: job.js URL PICTURE... FOLDER
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import createClient from "openapi-fetch";
import type { components, paths } from "./likeness.js";

const [url, ...rest] = process.argv.slice(2);
const folder = rest.pop()!;
const client = createClient<paths>({ baseUrl: url });

const spec: components["schemas"]["JobSpec"] = {
  training: { steps: 20, optimizer: "adamw" },
  evaluation: { checkpoints: 1, class_images: 2 },
  sampling: { images_per_prompt: 1, sampler: "ddim", steps: 5 },
  prior: { enabled: false },
};
const created = await client.POST("/v1/jobs", {
  body: { class_word: "bird", spec, images: rest },
  bodySerializer(body) {
    const form = new FormData();
    body?.images?.forEach((it) => form.append("images", new Blob([readFileSync(it)]), basename(it)));
    form.append("class_word", body!.class_word!);
    form.append("spec", new Blob([JSON.stringify(body!.spec)], { type: "application/json" }));
    return form;
  },
});
assert.equal(created.error, undefined);
let job = created.data!;
assert.equal(job.spec?.training?.steps, 20);

const refused = await client.POST("/v1/subjects/{id}/jobs", {
  params: { path: { id: job.subject_id! } },
  body: { spec: { training: { steps: 0 } } },
});
assert.equal(refused.response.status, 422);
assert.deepEqual(refused.error?.errors?.[0].loc, ["spec", "training", "steps"]);

const final: (components["schemas"]["TaskStatus"] | undefined)[] = ["succeeded", "failed", "canceled"];
while (!final.includes(job.status)) {
  await new Promise((done) => setTimeout(done, 1000));
  job = (await client.GET("/v1/jobs/{id}", { params: { path: { id: job.id! } } })).data!;
}
assert.equal(job.status, "succeeded", JSON.stringify(job.error));
const result = job.images!.find((it) => it.role === "result")!;
const png = await client.GET("/v1/images/{id}", { params: { path: { id: result.id! } }, parseAs: "arrayBuffer" });
const bytes = Buffer.from(png.data!);
assert.equal(bytes.subarray(1, 4).toString(), "PNG");
writeFileSync(join(folder, "typescript.png"), bytes);
console.log("typescript", job.id, result.recipe?.prompt, bytes.length);
