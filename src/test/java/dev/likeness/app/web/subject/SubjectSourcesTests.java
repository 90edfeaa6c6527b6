package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.upload.SampleArchives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

/** Subjects and jobs from archives and URLs. */
class SubjectSourcesTests extends SubjectApiTest {

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @Test
    void comeFromOneArchive() throws IOException {
        owl();

        Answer answer = create(form());

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.body()
                        .at("/input_report/pictures")
                        .valueStream()
                        .map(it -> it.get("file_name").asString()))
                .containsExactly("1.png", "2.png", "3.png");
        assertThat(answer.body().get("captions")).isEmpty();
    }

    @Test
    void haveTheCaptionsOfTheirArchive() throws IOException {
        owl();
        captions();

        Answer answer = create(form());

        assertThat(texts(answer)).containsExactly("bird 1", "bird 2", "bird 3");
        assertThat(answer.at("/captions/0/origin")).isEqualTo("user");
    }

    @Test
    void trainWithTheCaptionsOfTheirArchive() throws IOException {
        owl();
        captions();
        MultiValueMap<String, Object> form = form();
        HttpHeaders json = new HttpHeaders();
        json.setContentType(MediaType.APPLICATION_JSON);
        form.add("spec", new HttpEntity<>("{\"identifier\": \"sks\"}", json));

        Answer job = api.submit(form);

        assertThat(job.status()).as(job.text()).isEqualTo(202);
        assertThat(job.at("/spec/training/caption_source")).isEqualTo("subject");
        assertThat(job.body()
                        .get("captions")
                        .valueStream()
                        .map(it -> it.get("text"))
                        .map(JsonNode::asString))
                .containsExactly("sks bird 1", "sks bird 2", "sks bird 3");
        MultiValueMap<String, Object> without = form();
        without.add("spec", new HttpEntity<>("{\"training\": {\"captions\": [\"a\", \"b\", \"c\"]}}", json));
        assertThat(api.submit(without).at("/captions/0/text")).isEqualTo("a");
    }

    @Test
    void nameTheFileOfAnArchiveThatIsRefused() throws IOException {
        owl();
        files.put("4.png", "GIF89a".getBytes(StandardCharsets.US_ASCII));

        Answer answer = create(form());

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body().at("/errors/0/loc").toString()).isEqualTo("[\"images\",\"3\"]");
        assertThat(answer.at("/errors/0/ctx/file_name")).isEqualTo("4.png");
    }

    @Test
    void doNotComeFromUrlsWithPrivateAddresses() {
        MultiValueMap<String, Object> form = Api.owl();
        form.add("image_urls", "http://127.0.0.1:9/4.png");
        form.add("image_urls", "[\"http://localhost:9/5.png\", \"file:///etc/passwd\"]");

        Answer answer = create(form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/loc").toString()).isEqualTo("[\"image_urls\",\"2\"]");
        form.remove("image_urls");
        form.add("image_urls", "http://127.0.0.1:9/4.png");
        for (Answer refused : new Answer[] {create(form), api.submit(form)}) {
            assertThat(refused.at("/code")).isEqualTo("unusable_pictures");
            assertThat(refused.at("/errors/0/type")).isEqualTo("not_fetched");
            assertThat(refused.at("/detail")).contains("http://127.0.0.1:9/4.png leads to an address");
        }
    }

    @Test
    void haveUrlsOnlyAsTexts() {
        MultiValueMap<String, Object> form = Api.owl();
        form.add("image_urls", "[1, null");

        assertRefused(create(form), "image_urls", "type_error");
    }

    @ParameterizedTest
    @CsvSource({"/v1/subjects, class_word", "/v1/jobs, class_word", "/v1/class-sets, name"})
    void comeFromUrlsInJson(String path, String name) {
        Answer privateAddress = api.post(path, """
                {"image_urls": ["http://127.0.0.1:9/1.png", "http://127.0.0.1:9/2.png", "http://127.0.0.1:9/3.png"],
                 "%s": "bird"}""".formatted(name));
        Answer tooMany = api.post(
                path,
                "{\"image_urls\": [%s], \"%s\": \"bird\"}"
                        .formatted(String.join(",", Collections.nCopies(2001, "\"http://127.0.0.1:9/1.png\"")), name));

        assertThat(privateAddress.status()).isEqualTo(422);
        assertThat(privateAddress.at("/code")).isEqualTo("unusable_pictures");
        assertThat(privateAddress.body().at("/errors/0/loc").toString()).isEqualTo("[\"image_urls\",\"0\"]");
        assertThat(privateAddress.at("/errors/0/type")).isEqualTo("not_fetched");
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.at("/detail")).contains("2001 pictures were sent");
    }

    @ParameterizedTest
    @CsvSource({"/v1/subjects, class_word", "/v1/jobs, class_word", "/v1/class-sets, name"})
    void areRefusedInJsonOfAnotherShape(String path, String name) {
        String word = "\"%s\": \"bird\"".formatted(name);

        assertThat(api.post(path, "{%s}".formatted(word)).at("/detail")).contains("image_urls", "is required in JSON");
        assertRefused(
                api.post(path, "{%s, \"image_urls\": \"http://a.b/1.png\"}".formatted(word)),
                "image_urls",
                "type_error");
        Answer number = api.post(path, "{%s, \"image_urls\": [\"http://a.b/1.png\", 7]}".formatted(word));
        assertThat(number.body().at("/errors/0/loc").toString()).isEqualTo("[\"image_urls\",\"1\"]");
        assertRefused(
                api.post(path, "{%s, \"image_urls\": [], \"masks\": []}".formatted(word)), "masks", "extra_forbidden");
        assertRefused(api.post(path, "{\"image_urls\": [], \"%s\": 7}".formatted(name)), name, "type_error");
    }

    @Test
    void areEitherASubjectOrUrlsInJson() {
        Answer answer = api.post("/v1/jobs", """
                {"image_urls": ["http://a.b/1.png"], "subject_id": "0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b"}""");

        assertRefused(answer, "subject_id", "value_error");
    }

    private void owl() throws IOException {
        for (int i = 1; i <= 3; i++) {
            files.put(
                    "owl/%d.png".formatted(i),
                    new ClassPathResource("subjects/owl/%d.png".formatted(i)).getContentAsByteArray());
        }
    }

    private void captions() {
        for (int i = 1; i <= 3; i++) {
            files.put("owl/%d.txt".formatted(i), "bird %d\n".formatted(i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private MultiValueMap<String, Object> form() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("images", new ByteArrayResource(SampleArchives.zip(files)) {
            @Override
            public String getFilename() {
                return "owl.zip";
            }
        });
        form.add("class_word", "bird");
        return form;
    }
}
