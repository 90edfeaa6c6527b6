package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The list of subjects, and the jobs of a subject. */
class SubjectListingTests extends SubjectApiTest {

    @Test
    void goesThroughAllPagesNewestFirstAndBack() {
        String second = create(Api.owl()).at("/id");
        String third = create(Api.owl()).at("/id");

        Answer first = api.get("/v1/subjects?limit=2");
        Answer next = api.get(first.at("/next"));

        assertThat(first.results("id")).containsExactly(third, second);
        assertThat(first.body().get("previous").isNull()).isTrue();
        assertThat(next.results("id")).startsWith(id);
        assertThat(api.get(next.at("/previous")).results("id")).containsExactly(third, second);
    }

    @Test
    void showsOnlySubjectsWhoseClassWordBeginsWithAText() {
        String owl = create(Api.owl()).at("/id");

        Answer first = api.get("/v1/subjects?class_word=BIR&limit=1");

        assertThat(first.results("id")).containsExactly(owl);
        assertThat(api.get(first.at("/next")).results("id")).containsExactly(id);
        assertThat(api.get("/v1/subjects?class_word=ird").results("id")).isEmpty();
        assertThat(api.get("/v1/subjects?class_word=").at("/errors/0/loc/0")).isEqualTo("class_word");
    }

    @Test
    void showsEachAsItIsByItself() {
        assertThat(api.get("/v1/subjects?limit=1").body().at("/results/0"))
                .isEqualTo(api.get("/v1/subjects/" + id).body());
    }

    @Test
    void countsAndListsTheJobsOfASubject() {
        assertThat(api.get("/v1/subjects?limit=1").at("/results/0/jobs")).isEqualTo("0");
        String older = submit("{\"subject_id\": \"%s\"}".formatted(id)).at("/id");
        String newer = submit("{\"subject_id\": \"%s\"}".formatted(id)).at("/id");
        Answer other = api.submit(Api.owl());

        Answer subject = api.get("/v1/subjects/" + id);
        Answer first = api.get(subject.at("/urls/jobs") + "?limit=1");

        assertThat(subject.at("/jobs")).isEqualTo("2");
        assertThat(first.results("id")).containsExactly(newer);
        assertThat(api.get(first.at("/next")).results("id")).containsExactly(older);
        assertThat(api.get("/v1/subjects/%s/jobs".formatted(other.at("/subject_id")))
                        .results("id"))
                .containsExactly(other.at("/id"));
        assertThat(api.get("/v1/subjects/%s/jobs".formatted(UUID.randomUUID())).status())
                .isEqualTo(404);
    }
}
