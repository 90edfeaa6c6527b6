package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.subject.Caption;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Jobs for a subject that was uploaded before. */
class SubjectJobsTests extends SubjectApiTest {

    @Test
    void takeASubjectThatWasSentBefore() {
        Answer answer = submit("{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"steps\": 7}}}".formatted(id));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
        assertThat(answer.at("/subject_id")).isEqualTo(id);
        assertThat(answer.at("/class_word")).isEqualTo("bird");
        assertThat(answer.at("/spec/training/steps")).isEqualTo("7");
        assertThat(answer.body().at("/input_report/pictures").size()).isEqualTo(3);
    }

    @Test
    void takeTheSubjectOfTheirPath() {
        Answer bare = api.post("/v1/subjects/%s/jobs".formatted(id));
        Answer full = api.post(
                "/v1/subjects/%s/jobs".formatted(id),
                "{\"class_word\": \"owl\", \"spec\": {\"training\": {\"steps\": 7}}}");

        assertThat(bare.status()).as(bare.text()).isEqualTo(202);
        assertThat(bare.at("/subject_id")).isEqualTo(id);
        assertThat(bare.at("/class_word")).isEqualTo("bird");
        assertThat(full.at("/class_word")).isEqualTo("owl");
        assertThat(full.at("/spec/training/steps")).isEqualTo("7");
        assertThat(api.post("/v1/subjects/%s/jobs".formatted(UUID.randomUUID()), "{}")
                        .status())
                .isEqualTo(404);
        assertRefused(
                api.post("/v1/subjects/%s/jobs".formatted(id), "{\"subject_id\": \"%s\"}".formatted(id)),
                "subject_id",
                "extra_forbidden");
        assertRefused(api.post("/v1/subjects/%s/jobs".formatted(id), "{\"spec\": 7}"), "spec", "type_error");
    }

    @Test
    void takeASubjectInTheirForm() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("subject_id", id);
        form.add("spec", "{\"training\": {\"steps\": 7}}");

        Answer answer = api.submit(form);

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.at("/subject_id")).isEqualTo(id);
        assertThat(answer.at("/class_word")).isEqualTo("bird");
        assertThat(answer.at("/spec/training/steps")).isEqualTo("7");
    }

    @Test
    void takePicturesOrASubjectButNotBoth() {
        MultiValueMap<String, Object> both = Api.owl();
        both.add("subject_id", id);
        MultiValueMap<String, Object> unknown = new LinkedMultiValueMap<>();
        unknown.add("subject_id", UUID.randomUUID().toString());
        MultiValueMap<String, Object> leftEmpty = Api.owl();
        leftEmpty.add("subject_id", "");

        assertRefused(api.submit(both), "subject_id", "value_error");
        assertRefused(api.submit(unknown), "subject_id", "unknown");
        assertThat(api.submit(leftEmpty).status()).isEqualTo(202);
    }

    @Test
    void maySayWhatItIsInAnotherWord() {
        assertThat(submit("{\"subject_id\": \"%s\", \"class_word\": \"owl\", \"spec\": null}".formatted(id))
                        .at("/class_word"))
                .isEqualTo("owl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                 | subject_id | missing
            {"subject_id": 7}                                                  | subject_id | type_error
            {"subject_id": "owl"}                                              | subject_id | type_error
            {"subject_id": "0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b"}             | subject_id | unknown
            {"subject_id": "ID", "images": []}                                 | images     | extra_forbidden
            {"subject_id": "ID", "class_word": 7}                              | class_word | type_error
            {"subject_id": "ID", "class_word": " "}                            | class_word | missing
            {"subject_id": "ID", "spec": "dreambooth"}                         | spec       | type_error
            {"subject_id": "ID", "spec": {"training": {"steps": 0}}}           | spec.training.steps | greater_than_equal
            {"subject_id": "ID", "spec": {"training": {"captions": "mine"}}}   | spec.training.captions | type_error
            {"subject_id": "ID", "spec": {"training": {"captions": {"a": 1}}}} | spec.training.captions | type_error
            {"subject_id": "ID", "spec": {"training": {"captions": ["a", "b"]}}}       | spec.training.captions | wrong_length
            {"subject_id": "ID", "spec": {"training": {"captions": ["a", "", "c"]}}}   | spec.training.captions.1 | blank
            {"subject_id": "ID", "spec": {"training": {"captions": ["a", "b", "{d}"]}}} | spec.training.captions.2 | unknown_placeholder
            {"subject_id": "ID", "spec": {"training": {"caption_source": "mine"}}} | spec.training.caption_source | pattern_mismatch
            {"subject_id": "ID", "spec": {"training": {"captions": ["a", "b", "c"], "caption_source": "auto"}}} | spec.training.caption_source | value_error
            {"subject_id": "ID", "spec": {"training": {"captions": "subject"}}} | spec.training.captions | no_captions
            {"subject_id": "ID", "spec": {"model": "tests/tiny-sd1", "training": {"captions": "auto"}}} | spec.training.captions | no_captioner
            """)
    void areRefused(String request, String location, String type) {
        int before = database.rows("job");

        assertRefused(submit(request.replace("ID", id)), location, type);

        assertThat(database.rows("job")).isEqualTo(before);
    }

    @Test
    void trainWithTheCaptionsTheyGive() {
        Answer answer = submit(captions("[\"a {subject} on a branch\", \"a {class}\", \"an owl\"]"));

        assertThat(texts(answer)).containsExactly("a sks bird on a branch", "a bird", "an owl");
        assertThat(answer.at("/captions/0/origin")).isEqualTo("user");
        assertThat(leased(answer).captions()).extracting(Caption::text).startsWith("a {subject} on a branch");
    }

    @Test
    void trainWithTheSubjectsCaptionsAsTheyWereWhenTheyWereSubmitted() {
        edit("a photo of a bird on the grass", "two owls", "the {subject} in space");

        Answer answer = submit(captions("\"subject\""));
        edit("x", "y", "z");

        assertThat(answer.at("/spec/training/caption_source")).isEqualTo("subject");
        assertThat(texts(api.get(answer.at("/urls/get"))))
                .containsExactly("a photo of a sks bird on the grass", "sks bird, two owls", "the sks bird in space");
    }

    @Test
    void nameTheSubjectInCaptionsByTheNewWordAloneWhereItsPromptsDo() {
        edit("a photo of a bird on the grass", "two owls", "the {subject} in space");

        Answer answer = submit("""
                {"subject_id": "%s", "spec": {"method": "textual_inversion", "training": {"captions": "subject"}}}
                """.formatted(id));

        assertThat(texts(answer))
                .containsExactly("a photo of a <sks> on the grass", "<sks>, two owls", "the <sks> in space");
    }

    @Test
    void showTheCaptionsThatTheirWorkerHasProposed() {
        Answer answer = submit(captions("\"auto\""));
        assertThat(answer.at("/spec/training/caption_source")).isEqualTo("auto");
        assertThat(texts(answer)).isEmpty();

        LeasedJob job = leased(answer);
        jobs.useCaptions(job.lease(), proposed("a sks bird"));

        assertThat(texts(api.get(answer.at("/urls/get")))).containsExactly("a sks bird", "a sks bird", "a sks bird");
        jobs.giveBack(job.lease());
        assertThat(leased(answer).captions()).isEqualTo(proposed("a sks bird"));
    }

    @Test
    void trainWithoutAnyUnlessTheyAskForThem() {
        edit("a", "b", "c");

        Answer answer = submit("{\"subject_id\": \"%s\"}".formatted(id));

        assertThat(answer.body().at("/spec/training/captions").isEmpty()).isTrue();
        assertThat(texts(answer)).isEmpty();
    }

    private String captions(String value) {
        return "{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"captions\": %s}}}".formatted(id, value);
    }

    private LeasedJob leased(Answer job) {
        return jobs.lease(UUID.fromString(job.at("/id"))).orElseThrow();
    }
}
