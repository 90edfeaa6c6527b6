package dev.likeness.app.web.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.generation.LeasedGeneration;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.adapter.TensorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

@ApiTest
class AdapterApiTests {

    private static final Path GOLDENS = Path.of("src/test/resources/goldens");

    private static final byte[] LORA = new TensorFile()
            .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
            .bytes();

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    GenerationProgress progress;

    @Nested
    class BeneathJobs {

        private static final String SPEC = "{\"method\": \"%s\", \"textual_inversion\": {\"adapter_id\": \"%s\"}}";

        @Test
        void areGoneOnFromWithTheirMomentum() {
            float[] rows = new float[2 * 128];
            byte[] file = new TensorFile()
                    .add("emb_params", 0.1f, 2, 128)
                    .metadata(new MomentumState(0.4, MomentumMode.EMA, List.of(rows), List.of(rows)).header())
                    .bytes();
            String id =
                    api.upload("owl.safetensors", file, "placeholder", "<owl>").at("/id");

            Answer job = api.submit(Api.owl(SPEC.formatted("momentum_textual_inversion", id)));

            assertThat(job.status()).isEqualTo(202);
            assertThat(job.at("/spec/textual_inversion/adapter_id")).isEqualTo(id);
            assertThat(job.at("/spec/textual_inversion/vectors")).isEqualTo("2");
            assertThat(job.at("/spec/textual_inversion/gamma")).isEqualTo("0.4");
            assertThat(job.at("/spec/textual_inversion/momentum_mode")).isEqualTo("ema");
            assertThat(api.delete("/v1/adapters/" + id).status()).isEqualTo(409);
            worker.work(UUID.fromString(job.at("/id")));
            assertThat(api.delete("/v1/adapters/" + id).status()).isEqualTo(204);
        }

        @Test
        void areRefusedWhereTheyCannotBe() {
            String lora = api.upload("style.safetensors", LORA).at("/id");
            byte[] nameless = new TensorFile().add("emb_params", 0.1f, 1, 128).bytes();
            String embedding = api.upload("owl.safetensors", nameless, "placeholder", "<bird-of-mine>")
                    .at("/id");
            String unknown = UUID.randomUUID().toString();

            assertThat(refusal("textual_inversion", unknown)).isEqualTo("there is no adapter " + unknown);
            assertThat(refusal("textual_inversion", lora)).contains("is a LoRA");
            assertThat(refusal("dreambooth", embedding)).contains("leave it out with dreambooth");
            byte[] output = new TensorFile().add("emp_params_out", 0.1f, 1, 128).bytes();
            byte[] words = new TensorFile()
                    .add("bundle_emb.<a>.clip_l", 0.1f, 1, 128)
                    .add("bundle_emb.<b>.clip_l", 0.1f, 1, 128)
                    .bytes();
            assertThat(refusal(
                            "textual_inversion",
                            api.upload("x.safetensors", output, "placeholder", "<out>")
                                    .at("/id")))
                    .contains("replaces the output of a text encoder");
            assertThat(refusal(
                            "textual_inversion",
                            api.upload("words.safetensors", words).at("/id")))
                    .contains("embeddings of several words");
        }

        @Test
        void areRefusedWithFewerVectors() {
            byte[] file = new TensorFile().add("emb_params", 0.1f, 3, 128).bytes();
            String id = api.upload("owl.safetensors", file, "placeholder", "<owl-of-three>")
                    .at("/id");
            String spec = "{\"method\": \"%s\", \"textual_inversion\": {\"adapter_id\": \"" + id
                    + "\", \"vectors\": %d, \"initializer\": %s}}";

            for (String refused : List.of(
                    spec.formatted("textual_inversion", 2, "null"),
                    spec.formatted("momentum_textual_inversion", 2, "null"),
                    spec.formatted("momentum_textual_inversion", 2, "\"bird\""))) {
                Answer answer = api.submit(Api.owl(refused));

                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.body().at("/errors/0/loc").toString())
                        .isEqualTo("[\"spec\",\"textual_inversion\",\"vectors\"]");
                assertThat(answer.at("/errors/0/msg"))
                        .isEqualTo(
                                "must be at least 3, the number of embeddings of adapter %s, from which training continues; "
                                                .formatted(id)
                                        + "leave it out for that number");
            }
            assertThat(api.submit(Api.owl(spec.formatted("momentum_textual_inversion", 3, "null")))
                            .status())
                    .isEqualTo(202);
            assertThat(api.submit(Api.owl(spec.formatted("textual_inversion", 2, "\"bird\"")))
                            .status())
                    .isEqualTo(202);
        }

        private String refusal(String method, String id) {
            Answer answer = api.submit(Api.owl(SPEC.formatted(method, id)));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().at("/errors/0/loc").toString())
                    .isEqualTo("[\"spec\",\"textual_inversion\",\"adapter_id\"]");
            return answer.at("/errors/0/msg");
        }
    }

    @Nested
    class Upload {

        @Test
        void takesALora() {
            Answer answer = api.upload("My Style.safetensors", LORA);

            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            assertThat(answer.headers().getLocation()).hasToString(api.root() + "/v1/adapters/" + answer.at("/id"));
            assertThat(answer.at("/name")).isEqualTo("My Style");
            assertThat(answer.at("/model")).isEqualTo("likeness/tiny-world");
            assertThat(answer.at("/kind")).isEqualTo("lora");
            assertThat(answer.at("/format")).isEqualTo("diffusers");
            assertThat(answer.at("/rank")).isEqualTo("2");
            assertThat(answer.at("/targets")).isEqualTo("attention");
            assertThat(answer.at("/layers/unet")).isEqualTo("1");
            assertThat(answer.body().get("towers").isEmpty()).isTrue();
            assertThat(answer.body().get("placeholder").isNull()).isTrue();
            assertThat(api.get("/v1/adapters/" + answer.at("/id")).body()).isEqualTo(answer.body());
        }

        @Test
        void takesEmbeddingsWithTheirWord() throws IOException {
            Answer answer = api.upload(
                    "learned_embeds.safetensors",
                    Files.readAllBytes(GOLDENS.resolve("tiny-sd1/textual_inversion/learned_embeds.safetensors")),
                    "model",
                    "tests/tiny-sd1",
                    "name",
                    "a teapot");

            assertThat(answer.at("/kind")).isEqualTo("embedding");
            assertThat(answer.at("/name")).isEqualTo("a teapot");
            assertThat(answer.at("/placeholder")).isEqualTo("<sks>");
            assertThat(answer.at("/vectors")).isEqualTo("2");
            assertThat(answer.at("/towers/0")).isEqualTo("text_encoder");
        }

        @Test
        void takesEmbeddingsOfSeveralWordsAndSaysWhichStandForATowersStates() {
            byte[] file = new TensorFile()
                    .add("bundle_emb.<style-a>.clip_l", 0.1f, 2, 32)
                    .add("bundle_emb.<style-b>.clip_l_out", 0.1f, 1, 32)
                    .bytes();

            Answer answer = api.upload("words.safetensors", file, "model", "tests/tiny-sd1");
            Answer renamed =
                    api.upload("words.safetensors", file, "model", "tests/tiny-sd1", "placeholder", "<wished>");

            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            assertThat(answer.at("/kind")).isEqualTo("embedding");
            assertThat(answer.body().get("words").toString()).isEqualTo("[\"<style-a>\",\"<style-b>\"]");
            assertThat(answer.body().get("output_towers").toString()).isEqualTo("[\"text_encoder\"]");
            assertThat(answer.body().get("placeholder").isNull()).isTrue();
            assertThat(answer.body().get("rank").isNull()).isTrue();
            assertThat(renamed.at("/errors/0/msg")).contains("the file has several");
        }

        @Test
        void namesNamelessEmbeddingsAfterTheirFileOrAsIsWished() {
            byte[] nameless = new TensorFile().add("emb_params", 0.1f, 3, 32).bytes();

            Answer byFile = api.upload("EasyPositive.safetensors", nameless, "model", "tests/tiny-sd1");
            Answer wished =
                    api.upload("dog.safetensors", nameless, "model", "tests/tiny-sd1", "placeholder", "<wished>");

            assertThat(byFile.at("/format")).isEqualTo("a1111");
            assertThat(byFile.at("/placeholder")).isEqualTo("EasyPositive");
            assertThat(wished.at("/placeholder")).isEqualTo("<wished>");
        }

        @Test
        void namesAnAdapterWithoutWhatNobodySees() {
            Answer adapter = api.upload("exe\u202etxt\u2067\u200f\u061c\u0007.safetensors", LORA);
            Answer refused = api.upload("exe\u202etxt.ckpt", LORA);

            assertThat(adapter.at("/name")).isEqualTo("exetxt");
            assertThat(refused.at("/errors/0/msg")).startsWith("exetxt.ckpt is a Python pickle");
        }

        @Test
        void servesTheFileAsItCame() {
            Answer adapter = api.upload("../x/style (1).safetensors", LORA);

            Answer file = api.get(adapter.at("/url"), it -> it.set(HttpHeaders.ACCEPT, "*/*"));

            assertThat(file.bytes()).isEqualTo(LORA);
            assertThat(file.headers().getContentDisposition().getFilename()).isEqualTo("style__1_.safetensors");
            assertThat(file.headers().getETag()).isEqualTo("\"%s\"".formatted(adapter.at("/sha256")));
        }

        @Test
        void namesTheFirstKeysOfAFileForAnotherModel() throws IOException {
            Answer answer = api.upload(
                    "lora.safetensors",
                    Files.readAllBytes(GOLDENS.resolve("tiny-sdxl/lora/pytorch_lora_weights.safetensors")),
                    "model",
                    "tests/tiny-sd1");

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.at("/code")).isEqualTo("unusable_adapter");
            assertThat(answer.at("/detail"))
                    .isEqualTo("file: unet.down_blocks.2.attentions.0.transformer_blocks.0.attn1.to_k.lora.down.weight"
                            + " is for a layer that this model does not have (and 187 more)");
            assertThat(answer.body().get("errors").size()).isEqualTo(8);
            assertThat(answer.at("/errors/0/type")).isEqualTo("unknown_layer");
            assertThat(answer.at("/errors/0/ctx/key"))
                    .isEqualTo("unet.down_blocks.2.attentions.0.transformer_blocks.0.attn1.to_k.lora.down.weight");
        }

        @ParameterizedTest
        @CsvSource({
            "embedding.pt, anything at all, 415, unsupported_format, convert it to safetensors",
            "lora.safetensors, PK\u0003\u0004 a zip archive, 415, unsupported_format, convert it to safetensors",
            "lora.safetensors, no tensors at all, 422, unusable_adapter, file is not a safetensors file",
            "lora.safetensors, '', 422, unusable_adapter, file is not a safetensors file"
        })
        void refusesWhatIsNoSafetensorsFile(String name, String content, int status, String code, String detail) {
            Answer answer = api.upload(name, content.getBytes(StandardCharsets.UTF_8));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.at("/code")).isEqualTo(code);
            assertThat(answer.at("/detail")).contains(detail);
        }

        @ParameterizedTest
        @CsvSource({
            "model, acme/none, model, there is no model acme/none",
            "name, ' ', name, must be 1 to 100 characters",
            "name, 'my\u202estyle', name, without control characters",
            "name, 'my\u2066style', name, without control characters",
            "placeholder, <x>, placeholder, but the file is a LoRA",
            "scale, 1, scale, there is no such field"
        })
        void refusesFields(String field, String value, String location, String message) {
            Answer answer = api.upload("lora.safetensors", LORA, field, value);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.at("/errors/0/loc/0")).isEqualTo(location);
            assertThat(answer.at("/errors/0/msg")).contains(message);
        }

        @ParameterizedTest
        @CsvSource({"dog, must not be a common word", "'my dog', must be one word", "'', must not be empty"})
        void refusesWordsThatPromptsCannotHold(String word, String message) {
            byte[] embedding = new TensorFile().add("emb_params", 0.1f, 3, 128).bytes();

            Answer answer = api.upload("x.safetensors", embedding, "placeholder", word);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.at("/errors/0/loc/0")).isEqualTo("placeholder");
            assertThat(answer.at("/errors/0/msg")).contains(message);
        }

        /** Pictures are limited to 6 MB here. */
        @Test
        void hasALimitOfItsOwn() {
            assertThat(api.upload("large.safetensors", new byte[7 << 20]).at("/code"))
                    .isEqualTo("unusable_adapter");
            Answer tooLarge = api.upload("large.safetensors", new byte[9 << 20]);
            assertThat(tooLarge.status()).isEqualTo(413);
            assertThat(tooLarge.at("/detail")).contains("large.safetensors is larger than");
        }

        @Test
        void keepsNothingOfARefusedFile() {
            int files = database.rows("stored_file");

            api.upload("lora.safetensors", LORA, "placeholder", "<x>");

            assertThat(database.rows("stored_file")).isEqualTo(files);
        }
    }

    @Nested
    class Listing {

        @Test
        void goesThroughAllPagesNewestFirstAndBack() {
            database.clear("adapter");
            List<String> newestFirst = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                newestFirst.add(0, uploaded());
            }

            Answer first = api.get("/v1/adapters?limit=2");
            Answer second = api.get(first.at("/next"));
            Answer third = api.get(second.at("/next"));
            Answer back = api.get(third.at("/previous"));

            assertThat(first.results("id")).isEqualTo(newestFirst.subList(0, 2));
            assertThat(second.results("id")).isEqualTo(newestFirst.subList(2, 4));
            assertThat(third.results("id")).isEqualTo(newestFirst.subList(4, 5));
            assertThat(back.results("id")).isEqualTo(newestFirst.subList(2, 4));
            assertThat(first.body().get("previous").isNull()).isTrue();
            assertThat(third.body().get("next").isNull()).isTrue();
            assertThat(api.get("/v1/adapters?limit=0").status()).isEqualTo(422);
        }
    }

    @Nested
    class Deletion {

        @Test
        void takesTheFileAlongUnlessAnotherHasItToo() {
            String one = uploaded();
            String other = uploaded();
            String file = api.get("/v1/adapters/" + one).at("/url");

            assertThat(api.delete("/v1/adapters/" + one).status()).isEqualTo(204);

            assertThat(api.get("/v1/adapters/" + one).status()).isEqualTo(404);
            assertThat(api.get(file).status()).isEqualTo(404);
            assertThat(api.get("/v1/adapters/" + other + "/file").bytes()).isEqualTo(LORA);
        }

        @Test
        void waitsForGenerationsThatDrawWithIt() {
            String adapter = uploaded();
            String generation =
                    generation(loraJob(), "{\"id\": \"%s\"}".formatted(adapter)).at("/id");
            assertThat(api.delete("/v1/adapters/" + adapter).status()).isEqualTo(409);

            api.post("/v1/generations/" + generation + "/cancel");

            assertThat(api.delete("/v1/adapters/" + adapter).status()).isEqualTo(204);
            assertThat(api.get("/v1/generations/" + generation).at("/adapters/0/id"))
                    .isEqualTo(adapter);
        }

        @Test
        void ofAJobWaitsForGenerationsOfOthersThatDrawWithIt() {
            String merged = loraJob();
            String drawing = loraJob();
            String generation = generation(drawing, "{\"job_id\": \"%s\"}".formatted(merged))
                    .at("/id");

            Answer refused = api.delete("/v1/jobs/" + merged);
            api.post("/v1/generations/" + generation + "/cancel");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.at("/detail")).contains("generation of another job uses job");
            assertThat(api.delete("/v1/jobs/" + merged).status()).isEqualTo(204);
            assertThat(api.delete("/v1/jobs/" + drawing).status()).isEqualTo(204);
            await().untilAsserted(() -> assertThat(database.jobs().usesByGenerations(UUID.fromString(merged)))
                    .isZero());
        }
    }

    @Nested
    class Merging {

        private String drawing = "";

        @BeforeEach
        void workOnAJob() {
            drawing = loraJob();
        }

        @Test
        void handsTheWorkerWhatItAsksFor() {
            String adapter = uploaded();
            String other = loraJob();
            String word = inversionJob("zwx");

            Answer answer = generation(drawing, """
                    {"id": "%s"}, {"job_id": "%s", "unet_scale": 0.6, "text_scale": 0}, {"job_id": "%s"}""".formatted(adapter, other, word));
            LeasedGeneration leased =
                    progress.lease(UUID.fromString(answer.at("/id"))).orElseThrow();

            assertThat(leased.adapters())
                    .extracting(MergedAdapter::unetScale, MergedAdapter::textScale, MergedAdapter::placeholder)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1.0, 1.0, null),
                            org.assertj.core.groups.Tuple.tuple(0.6, 0.0, null),
                            org.assertj.core.groups.Tuple.tuple(1.0, 1.0, "<zwx>"));
            assertThat(leased.adapters().get(0).fileSha256())
                    .isEqualTo(api.get("/v1/adapters/" + adapter).at("/sha256"));
            assertThat(answer.at("/adapters/1/job_id")).isEqualTo(other);
            assertThat(answer.at("/adapters/2/kind")).isEqualTo("embedding");
            assertThat(answer.at("/spec/fused")).isEqualTo("true");
        }

        @Test
        void givesEmbeddingsAnotherWord() {
            String word = inversionJob("sks");

            Answer answer = generation(drawing, "{\"job_id\": \"%s\", \"placeholder\": \"<zwx>\"}".formatted(word));

            assertThat(answer.at("/adapters/0/placeholder")).isEqualTo("<zwx>");
        }

        @ParameterizedTest
        @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                {}                                                            | adapters.0            | must name an uploaded adapter by id, or a job by job_id
                {"id": "5b1c7d3e-0000-4000-8000-000000000000"}                | adapters.0.id         | there is no adapter
                {"job_id": "5b1c7d3e-0000-4000-8000-000000000000"}            | adapters.0.job_id     | there is no job
                {"id": "style"}                                               | adapters.0.id         | must be an id
                {"id": "5b1c7d3e-0000-4000-8000-000000000000", "unet_scale": 11} | adapters.0.unet_scale | must be less than or equal to 10
                {"id": "5b1c7d3e-0000-4000-8000-000000000000", "weight": 1}   | adapters.0.weight     | there is no such field
                7                                                             | adapters.0            | must be an object
                """)
        void refusesWhatItDoesNotUnderstand(String adapter, String location, String message) {
            assertRefused(generation(drawing, adapter), location, message);
        }

        @Test
        void refusesWhatCannotBeMerged() {
            String adapter = uploaded();
            String wholeModel = worked("{}");
            String waiting = worker.submit().toString();
            String onTop = worked("{\"method\": \"dreambooth_lora\", \"base_job_id\": \"%s\"}".formatted(wholeModel));
            String foreign = worked("{\"method\": \"dreambooth_lora\", \"model\": \"tests/tiny-sd1\"}");
            String foreignFile = foreignLora();

            assertRefused(job(wholeModel), "adapters.0.job_id", "has trained the whole model");
            assertRefused(job(waiting), "adapters.0.job_id", "has the status queued");
            assertRefused(job(drawing), "adapters.0.job_id", "is this job itself");
            assertRefused(job(onTop), "adapters.0.job_id", "was trained on top of job " + wholeModel);
            assertRefused(job(foreign), "adapters.0.job_id", "is of the model tests/tiny-sd1");
            assertRefused(
                    generation(drawing, "{\"id\": \"%s\"}".formatted(foreignFile)),
                    "adapters.0.id",
                    "was uploaded for the model tests/tiny-sd1");
            assertRefused(
                    generation(drawing, "{\"id\": \"%1$s\"}, {\"id\": \"%1$s\"}".formatted(adapter)),
                    "adapters.1",
                    "is listed twice");
            assertRefused(
                    generation(drawing, "{\"id\": \"%s\", \"placeholder\": \"<x>\"}".formatted(adapter)),
                    "adapters.0.placeholder",
                    "but this is a LoRA");
            assertThat(generation(wholeModel, "{\"job_id\": \"%s\"}".formatted(onTop))
                            .status())
                    .isEqualTo(202);
        }

        @Test
        void refusesWordsThatPromptsCannotTellApart() {
            String one = inversionJob("zwx");
            String other = inversionJob("zwx");
            String both = "{\"job_id\": \"%s\"}, {\"job_id\": \"%s\"}".formatted(one, other);

            assertRefused(
                    generation(drawing, both),
                    "adapters.1.placeholder",
                    "\"<zwx>\" and \"<zwx>\", which is already used in prompts, are indistinguishable");
            assertRefused(
                    generation(one, "{\"job_id\": \"%s\"}".formatted(other)),
                    "adapters.0.placeholder",
                    "are indistinguishable");
            assertRefused(
                    generation(drawing, "{\"job_id\": \"%s\", \"placeholder\": \"teapo\"}".formatted(one)),
                    "adapters.0.placeholder",
                    "\"teapot\"");
            assertRefused(
                    generation(drawing, "{\"job_id\": \"%s\", \"placeholder\": \"<qvz>\"}".formatted(one)),
                    "adapters.0.placeholder",
                    "does not occur in any prompt");
        }

        @Test
        void keepsApartTheWordsThatALoraBrings() {
            Answer upload = api.upload("style.safetensors", bringing("<zwx>"));
            String adapter = "{\"id\": \"%s\"}".formatted(upload.at("/id"));
            String job = "{\"job_id\": \"%s\"}".formatted(inversionJob("ZWX"));

            assertThat(upload.at("/kind")).isEqualTo("lora");
            assertThat(upload.at("/words/0")).isEqualTo("<zwx>");
            assertThat(generation(drawing, adapter).status()).isEqualTo(202);
            assertRefused(
                    generation(drawing, adapter + ", " + job),
                    "adapters.1.placeholder",
                    "\"<ZWX>\" and \"<zwx>\", which is already used in prompts, are indistinguishable");
            assertRefused(
                    generation(drawing, job + ", " + adapter),
                    "adapters.1.id",
                    "\"<zwx>\" and \"<ZWX>\", which is already used in prompts, are indistinguishable");
            Answer common = api.upload("style.safetensors", bringing("bird"));
            assertThat(common.status()).isEqualTo(422);
            assertThat(common.at("/errors/0/msg"))
                    .contains("the word \"bird\", for which the file has embeddings, must not be a common word");
        }

        private static byte[] bringing(String word) {
            return new TensorFile()
                    .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
                    .add("bundle_emb.%s.string_to_param.*".formatted(word), 0.1f, 2, 128)
                    .bytes();
        }

        @Test
        void findsWordsInPromptsAsTokenizersDo() {
            String upper = inversionJob("ZWX");
            String lower = inversionJob("zwx");

            assertThat(generation(drawing, "{\"job_id\": \"%s\"}".formatted(upper))
                            .status())
                    .isEqualTo(202);
            assertRefused(
                    generation(drawing, "{\"job_id\": \"%s\"}, {\"job_id\": \"%s\"}".formatted(upper, lower)),
                    "adapters.1.placeholder",
                    "\"<zwx>\" and \"<ZWX>\", which is already used in prompts, are indistinguishable");
        }

        private Answer job(String id) {
            return generation(drawing, "{\"job_id\": \"%s\"}".formatted(id));
        }

        private String foreignLora() {
            try {
                return api.upload(
                                "lora.safetensors",
                                Files.readAllBytes(GOLDENS.resolve("tiny-sd1/lora/pytorch_lora_weights.safetensors")),
                                "model",
                                "tests/tiny-sd1")
                        .at("/id");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void assertRefused(Answer answer, String location, String message) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(String.join(
                            ".",
                            answer.body()
                                    .at("/errors/0/loc")
                                    .valueStream()
                                    .map(JsonNode::asString)
                                    .toList()))
                    .isEqualTo(location);
            assertThat(answer.at("/errors/0/msg")).contains(message);
        }
    }

    private String uploaded() {
        return api.upload("lora.safetensors", LORA).at("/id");
    }

    private Answer generation(String job, String adapters) {
        return api.post(
                "/v1/jobs/%s/generations".formatted(job),
                "{\"prompts\": [\"a {subject} beside a <zwx>\"], \"adapters\": [%s]}".formatted(adapters));
    }

    private String loraJob() {
        return worked("{\"method\": \"dreambooth_lora\"}");
    }

    private String inversionJob(String identifier) {
        return worked("{\"method\": \"textual_inversion\", \"identifier\": \"%s\"}".formatted(identifier));
    }

    private String worked(String spec) {
        UUID id = worker.submit(spec);
        worker.work(id);
        return id.toString();
    }
}
