package dev.likeness.app.web.classimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.classimage.ClassSetIntakeSweep;
import dev.likeness.app.picture.SamplePictures;
import dev.likeness.app.upload.SampleArchives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

/** Class sets, and jobs that train with them. */
@ApiTest
class ClassSetApiTests {

    @Autowired
    Api api;

    @Autowired
    TestDatabase database;

    @Autowired
    TestWorker worker;

    @Autowired
    ApplicationContext context;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @BeforeEach
    void setUp() {
        worker.clear();
    }

    @Test
    void areStoredWithTheirCaptions() throws IOException {
        files.put("1.png", SamplePictures.read("rgb.png"));
        files.put("2.jpg", SamplePictures.read("rgb.jpg"));
        files.put("1.txt", "a red {class}\n".getBytes(StandardCharsets.UTF_8));

        Answer answer = create("teapots");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
        assertThat(answer.at("/name")).isEqualTo("teapots");
        assertThat(answer.at("/images")).isEqualTo("2");
        assertThat(answer.at("/captions")).isEqualTo("1");
        assertThat(api.get(answer.at("/urls/get")).body()).isEqualTo(answer.body());
        Answer images = api.get(answer.at("/urls/images"));
        assertThat(images.results("file_name")).containsExactly("1.png", "2.jpg");
        assertThat(images.at("/results/0/caption")).isEqualTo("a red {class}");
        assertThat(images.body().at("/results/1/caption").isNull()).isTrue();
        assertThat(api.get(images.at("/results/0/url")).headers().getContentType())
                .isEqualTo(MediaType.IMAGE_PNG);
        assertThat(api.get(images.at("/results/1/thumbnail_url")).status()).isEqualTo(200);
    }

    @Test
    void mayBeOneArchive() throws IOException {
        files.put("a/1.png", SamplePictures.read("rgb.png"));
        files.put("a/2.jpg", SamplePictures.read("rgb.jpg"));
        byte[] zip = SampleArchives.zip(files);
        files.clear();
        files.put("teapots.zip", zip);

        assertThat(create("teapots").at("/images")).isEqualTo("2");
    }

    @Test
    void haveEachImageOnce() throws IOException {
        files.put("1.png", SamplePictures.read("rgb.png"));
        files.put("copy.png", SamplePictures.read("rgb.png"));
        files.put("2.jpg", SamplePictures.read("rgb.jpg"));

        Answer answer = create("teapots");

        assertThat(answer.at("/images")).isEqualTo("2");
        assertThat(answer.body().get("duplicates").toString()).isEqualTo("[\"copy.png\"]");
        assertThat(api.get(answer.at("/urls/images")).results("position")).containsExactly("0", "1");
    }

    @Test
    void takeMoreFilesThanTomcatDoes() throws IOException {
        for (int i = 0; i < 60; i++) {
            files.put(i + ".png", SamplePictures.read("rgb.png"));
        }

        assertThat(create("teapots").body().get("duplicates")).hasSize(59);
    }

    @Test
    void areListedPageByPage() throws IOException {
        String first = set("rgb.png", "rgb.jpg");
        String second = set("rgb.png");

        Answer page = api.get("/v1/class-sets?limit=1");
        assertThat(page.results("id")).containsExactly(second);
        assertThat(api.get(page.at("/next")).results("id")).containsExactly(first);
        Answer images = api.get("/v1/class-sets/%s/images?limit=1".formatted(first));
        assertThat(images.results("position")).containsExactly("0");
        Answer next = api.get(images.at("/next"));
        assertThat(next.results("position")).containsExactly("1");
        assertThat(next.body().get("next").isNull()).isTrue();
        assertThat(api.get("/v1/class-sets/%s/images?after=-2".formatted(first)).at("/errors/0/loc/0"))
                .isEqualTo("after");
    }

    @Test
    void areStoredCompletelyOrNotAtAll() throws IOException {
        List<Integer> before = rows();
        files.put("1.png", SamplePictures.read("rgb.png"));
        files.put("2.png", "GIF89a".getBytes(StandardCharsets.US_ASCII));

        Answer answer = create("teapots");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.at("/errors/0/ctx/file_name")).isEqualTo("2.png");
        await().untilAsserted(() -> assertThat(rows()).isEqualTo(before));
    }

    /** The first image is stored by then. */
    @Test
    void areNotStoredIfALaterImageIsDamagedInside() throws IOException {
        List<Integer> before = rows();
        byte[] damaged = SamplePictures.read("rgb.png");
        for (int i = damaged.length / 2; i < damaged.length / 2 + 9; i++) {
            damaged[i] ^= 1;
        }
        files.put("1.png", SamplePictures.read("rgb.png"));
        files.put("2.png", damaged);

        Answer answer = create("teapots");

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.at("/errors/0/ctx/file_name")).isEqualTo("2.png");
        await().untilAsserted(() -> assertThat(rows()).isEqualTo(before));
    }

    @Test
    void areRefusedWithANameThatIsNoText() throws IOException {
        files.put("1.png", SamplePictures.read("rgb.png"));

        assertThat(create("tea\npots").at("/errors/0/loc/0")).isEqualTo("name");
        assertThat(create("x".repeat(101)).at("/errors/0/loc/0")).isEqualTo("name");
        assertThat(create("one", "two").at("/detail")).isEqualTo("name: must be sent once, but was sent 2 times");
    }

    @Test
    void areRefusedWithCaptionsOfTheSubject() throws IOException {
        files.put("1.png", SamplePictures.read("rgb.png"));
        files.put("1.txt", "a {subject}".getBytes(StandardCharsets.UTF_8));

        Answer answer = create("teapots");

        assertThat(answer.at("/errors/0/type")).isEqualTo("caption");
        assertThat(answer.at("/detail")).contains("The caption of 1.png names the {subject}");
    }

    @Test
    void areDeletedWithTheirFiles() throws IOException {
        List<Integer> before = rows();
        String id = set("rgb.png", "rgb.jpg");

        assertThat(api.delete("/v1/class-sets/" + id).status()).isEqualTo(204);

        assertThat(api.get("/v1/class-sets/" + id).status()).isEqualTo(404);
        assertThat(api.get("/v1/class-sets/%s/images".formatted(id)).status()).isEqualTo(404);
        assertThat(api.delete("/v1/class-sets/" + id).status()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(rows()).isEqualTo(before));
    }

    @Test
    void areDeletedIfTheirProcessEndedTooEarly() throws IOException {
        List<Integer> before = rows();
        String id = set("rgb.png");
        database.classSets().abandon(UUID.fromString(id));
        assertThat(api.get("/v1/class-sets/" + id).status()).isEqualTo(404);

        ClassSetIntakeSweep.sweep(context);

        await().untilAsserted(() -> assertThat(rows()).isEqualTo(before));
    }

    @Test
    void areKeptWhileAnUnfinishedJobUsesThem() throws IOException {
        String id = set("rgb.png", "rgb.jpg");
        Answer job = job("{\"class_set_id\": \"%s\"}".formatted(id));
        assertThat(job.status()).as(job.text()).isEqualTo(202);

        Answer answer = api.delete("/v1/class-sets/" + id);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.at("/detail")).isEqualTo("""
                An unfinished job uses class set %s. Wait until it ends, or cancel it.""".formatted(id));
        worker.work(UUID.fromString(job.at("/id")));
        assertThat(api.delete("/v1/class-sets/" + id).status()).isEqualTo(204);
        assertThat(api.get(job.at("/urls/get")).status()).isEqualTo(200);
    }

    @Test
    void areUsedAsAWhole() throws IOException {
        String id = set("rgb.png", "rgb.jpg");
        JsonNode all = job("{\"class_set_id\": \"%s\"}".formatted(id)).body().at("/spec/prior");
        JsonNode half = job("{\"class_set_id\": \"%s\", \"mix\": 0.5}".formatted(id))
                .body()
                .at("/spec/prior");
        Answer inversion = api.submit(
                Api.owl("{\"method\": \"textual_inversion\", \"prior\": {\"class_set_id\": \"%s\"}}".formatted(id)));

        assertThat(all.get("images").intValue()).isEqualTo(2);
        assertThat(half.get("images").intValue()).isEqualTo(4);
        assertThat(half.get("mix").doubleValue()).isEqualTo(0.5);
        assertThat(inversion.at("/spec/prior/enabled")).isEqualTo("true");
        Answer plan = api.post(
                "/v1/plans",
                "{\"class_word\": \"bird\", \"spec\": {\"prior\": {\"class_set_id\": \"%s\", \"mix\": 0.5}}}"
                        .formatted(id));
        assertThat(plan.at("/images/prior_images")).isEqualTo("2");
    }

    /** The number of images was that of the first set. */
    @Test
    void areUsedAsAWholeByCopiesWithAnotherSet() throws IOException {
        String first = job("{\"class_set_id\": \"%s\", \"mix\": 0.5}".formatted(set("rgb.png", "rgb.jpg")))
                .at("/id");
        String usual = api.submit(Api.owl()).at("/spec/prior/images");

        Answer other = copy(first, "{\"class_set_id\": \"%s\"}".formatted(set("rgb.png")));
        Answer without = copy(first, "{\"class_set_id\": null}");

        assertThat(other.status()).as(other.text()).isEqualTo(202);
        assertThat(other.at("/spec/prior/images")).isEqualTo("2");
        assertThat(other.at("/spec/prior/mix")).isEqualTo("0.5");
        assertThat(without.status()).as(without.text()).isEqualTo(202);
        assertThat(without.at("/spec/prior/images")).isEqualTo(usual);
    }

    private Answer copy(String job, String prior) {
        return api.post("/v1/jobs/%s/copy".formatted(job), "{\"spec\": {\"prior\": %s}}".formatted(prior));
    }

    @Test
    void areNotUsedForMoreImagesThanTheyHave() throws IOException {
        String id = set("rgb.png", "rgb.jpg");

        assertThat(job("{\"class_set_id\": \"%s\", \"images\": 3}".formatted(id))
                        .at("/detail"))
                .isEqualTo(
                        "spec.prior.images: must be lower, or prior.mix: the job would take 3 images of class set %s,"
                                        .formatted(id)
                                + " which has 2");
        assertThat(job("{\"class_set_id\": \"%s\", \"images\": 3, \"mix\": 0.5}".formatted(id))
                        .status())
                .isEqualTo(202);
        assertThat(job("{\"class_set_id\": \"%s\", \"mix\": 1.5}".formatted(id)).at("/errors/0/loc/2"))
                .isEqualTo("mix");
        assertThat(job("{\"class_set_id\": \"%s\", \"enabled\": false}".formatted(id))
                        .at("/detail"))
                .contains("has no effect, because prior.enabled is false");
        assertThat(job("{\"mix\": 0.5}").at("/detail")).contains("needs prior.class_set_id");
        UUID nobody = UUID.randomUUID();
        assertThat(job("{\"class_set_id\": \"%s\"}".formatted(nobody)).at("/detail"))
                .contains("there is no class set " + nobody);
    }

    private String set(String... samples) throws IOException {
        files.clear();
        for (String sample : samples) {
            files.put(sample, SamplePictures.read(sample));
        }
        return create("teapots").at("/id");
    }

    private Answer job(String prior) {
        return api.submit(Api.owl("{\"prior\": %s}".formatted(prior)));
    }

    private Answer create(String... names) {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        files.forEach((fileName, content) -> form.add("images", new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return fileName;
            }
        }));
        Stream.of(names).forEach(name -> form.add("name", name));
        return api.send(HttpMethod.POST, "/v1/class-sets", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    private List<Integer> rows() {
        return Stream.of("class_set", "class_image", "stored_file")
                .map(database::rows)
                .toList();
    }
}
