package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestHome;
import dev.likeness.app.TestWorker;
import dev.likeness.diffusion.adapter.TensorFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A test of a server that requires authentication. One context serves all of them, with new owners for each test. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "likeness.home=" + TestHome.OWNERS,
            "likeness.role=api",
            "likeness.models[tests/described].path=src/test/resources/goldens/tiny-sd1/model",
            "likeness.captions.models[tests/described]=src/test/resources/goldens/tiny-blip/model",
            "likeness.security.authentication=required",
            "likeness.security.bootstrap-key=" + AuthenticatedApiTest.ADMIN,
            "likeness.security.scope-prefix=likeness:",
            "likeness.studio.openid.client-id=studio-tests",
            "likeness.studio.openid.scopes=openid likeness:read",
            "likeness.studio.openid.origins=https://tokens.example.com",
            "likeness.security.limits.uploads-per-minute=6",
            "likeness.security.limits.unfinished-jobs=2",
            "likeness.security.limits.pixels-per-minute=" + AuthenticatedApiTest.PIXELS,
            "likeness.events.poll-interval=100ms",
            "likeness.body.grace=1s",
            // Far fewer than the callers that hold on to one.
            "server.tomcat.threads.max=20",
            "likeness.webhooks.allow-private=true",
            "likeness.webhooks.poll-interval=100ms",
            "management.server.port=0"
        })
@Import({TestWorker.class, TestDatabase.class, Api.class})
public abstract class AuthenticatedApiTest {

    public static final String ADMIN = "lk_testsadmin01_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

    /** Three pictures of 512x512; only one test sends them twice. */
    static final long PIXELS = 800_000;

    @Autowired
    protected Api anonymous;

    @Autowired
    protected TestWorker worker;

    Api shop;
    Api stranger;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", TokenIssuer.TESTS::url);
        properties.add(
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri", () -> TokenIssuer.TESTS.url() + "/keys");
        properties.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> TokenIssuer.AUDIENCE);
    }

    /** New owners for each test, so that a test stays clear of the limits that another has reached. */
    @BeforeEach
    void owners() {
        shop = anonymous.as(key("shop-" + UUID.randomUUID()));
        stranger = anonymous.as(key("stranger-" + UUID.randomUUID()));
    }

    /** The answer to the administrator who creates a key. */
    Answer create(String request) {
        return anonymous.as(ADMIN).post("/v1/api-keys", request);
    }

    /** A new key with all scopes. */
    String key(String owner) {
        return create("{\"name\": \"tests\", \"owner\": \"%s\"}".formatted(owner))
                .at("/key");
    }

    /** The id of a finished job of the shop. */
    String job() {
        return Objects.requireNonNull(resources(shop).get("jobs"));
    }

    /** The ids of one resource of each kind, by the first part of the path below which they are. */
    Map<String, String> resources(Api owner) {
        MultiValueMap<String, Object> form = Api.owl();
        form.add("masks", mask());
        String subject = owner.send(HttpMethod.POST, "/v1/subjects", it -> {}, form, MediaType.MULTIPART_FORM_DATA)
                .at("/id");
        String job = owner.post(
                        "/v1/jobs",
                        "{\"subject_id\": \"%s\", \"webhook\": \"http://127.0.0.1:9/hook\"}".formatted(subject))
                .at("/id");
        worker.work(UUID.fromString(job));
        Answer generation = owner.post("/v1/jobs/%s/generations".formatted(job), "{}");
        Answer evaluation = owner.post("/v1/evaluations", "{\"job_ids\": [\"%s\"]}".formatted(job));
        String adapter = owner.upload(
                        "style.safetensors",
                        new TensorFile()
                                .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
                                .bytes())
                .at("/id");
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("subjects", subject);
        ids.put("jobs", job);
        ids.put("generations", generation.at("/id"));
        ids.put("evaluations", evaluation.at("/id"));
        ids.put("adapters", adapter);
        ids.put("class-sets", classSet(owner).at("/id"));
        ids.put("images", owner.get("/v1/jobs/" + job).at("/images/0/id"));
        ids.put("artifacts", owner.get("/v1/jobs/%s/artifacts".formatted(job)).at("/results/0/id"));
        ids.put(
                "captions",
                owner.post("/v1/subjects/%s/captions".formatted(subject), "{\"model\": \"tests/described\"}")
                        .at("/id"));
        ids.put("webhooks", delivery(owner, job));
        assertThat(ids.values()).allMatch(it -> it.length() == 36, "an id");
        return ids;
    }

    /** The job's webhook, which has no receiver. */
    static String delivery(Api owner, String job) {
        return await().until(
                        () -> owner.get("/v1/jobs/%s/webhooks".formatted(job)).results("id"), it -> !it.isEmpty())
                .get(0);
    }

    /** The answer to an owner who uploads one small image of a class. */
    static Answer classSet(Api owner) {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("images", new ClassPathResource("pictures/uploads/rgb.png"));
        return owner.send(HttpMethod.POST, "/v1/class-sets", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    /** The answer to an owner who uploads three pictures of an owl. */
    /** For the upper half of the first picture. */
    private static ByteArrayResource mask() {
        BufferedImage mask = new BufferedImage(256, 256, BufferedImage.TYPE_BYTE_GRAY);
        mask.createGraphics().fillRect(0, 0, 256, 128);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(mask, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayResource(png.toByteArray()) {
            @Override
            public String getFilename() {
                return "1.png";
            }
        };
    }

    Answer subject(Api owner, @Nullable String idempotencyKey) {
        return owner.send(
                HttpMethod.POST,
                "/v1/subjects",
                it -> {
                    if (idempotencyKey != null) {
                        it.set("Idempotency-Key", idempotencyKey);
                    }
                },
                Api.owl(),
                MediaType.MULTIPART_FORM_DATA);
    }
}
