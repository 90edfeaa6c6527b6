package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The pages of the list of jobs. */
@ApiTest
class JobListingTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    final List<String> newestFirst = new ArrayList<>();

    @BeforeEach
    void submitFive() {
        worker.clear();
        for (int i = 0; i < 5; i++) {
            newestFirst.add(0, worker.submit().toString());
        }
    }

    @Test
    void goesThroughAllPagesNewestFirstAndBack() {
        Answer first = api.get("/v1/jobs?limit=2");
        Answer second = api.get(first.at("/next"));
        Answer third = api.get(second.at("/next"));

        assertThat(first.results("id")).isEqualTo(newestFirst.subList(0, 2));
        assertThat(second.results("id")).isEqualTo(newestFirst.subList(2, 4));
        assertThat(third.results("id")).isEqualTo(newestFirst.subList(4, 5));
        assertThat(first.body().get("previous").isNull()).isTrue();
        assertThat(third.body().get("next").isNull()).isTrue();

        Answer back = api.get(third.at("/previous"));
        assertThat(back.results("id")).isEqualTo(newestFirst.subList(2, 4));
        assertThat(api.get(back.at("/previous")).results("id")).isEqualTo(newestFirst.subList(0, 2));
    }

    @Test
    void skipsAndRepeatsNothingWhenJobsComeAndGo() {
        Answer first = api.get("/v1/jobs?limit=2");
        worker.submit();
        api.delete("/v1/jobs/" + newestFirst.get(1));

        assertThat(api.get(first.at("/next")).results("id")).isEqualTo(newestFirst.subList(2, 4));
    }

    @Test
    void showsOnlyJobsOfAStatus() {
        api.post("/v1/jobs/" + newestFirst.get(3) + "/cancel");

        Answer canceled = api.get("/v1/jobs?status=canceled&limit=1");

        assertThat(canceled.results("id")).containsExactly(newestFirst.get(3));
        assertThat(canceled.body().get("next").isNull()).isTrue();
        assertThat(canceled.body().get("previous").isNull()).isTrue();
    }

    @Test
    void goesThroughThePagesOfAFilterAndBack() {
        List<String> loras = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            loras.add(0, worker.submit("{\"method\": \"dreambooth_lora\"}").toString());
            worker.submit();
        }

        Answer first = api.get("/v1/jobs?method=dreambooth_lora&status=queued&limit=2");
        Answer second = api.get(first.at("/next"));
        Answer third = api.get(second.at("/next"));

        assertThat(first.results("id")).isEqualTo(loras.subList(0, 2));
        assertThat(second.results("id")).isEqualTo(loras.subList(2, 4));
        assertThat(third.results("id")).isEqualTo(loras.subList(4, 5));
        assertThat(third.body().get("next").isNull()).isTrue();
        Answer back = api.get(api.get(third.at("/previous")).at("/previous"));
        assertThat(back.results("id")).isEqualTo(loras.subList(0, 2));
        assertThat(back.body().get("previous").isNull()).isTrue();
    }

    @Test
    void showsOnlyJobsOfAModelOrASubject(@Autowired ApplicationContext context) {
        String bird = worker.finishedJob(api);
        Answer job = api.get("/v1/jobs/" + bird);

        assertThat(api.get("/v1/jobs?subject_id=" + job.at("/subject_id")).results("id"))
                .containsExactly(bird);
        TestDatabase.of(context).setModel(UUID.fromString(newestFirst.get(2)), "model/no-longer-here");
        assertThat(api.get("/v1/jobs?model=model/no-longer-here").results("id")).containsExactly(newestFirst.get(2));
        assertThat(api.get("/v1/jobs?model=" + job.at("/model")).results("id"))
                .hasSize(5)
                .doesNotContain(newestFirst.get(2));
    }

    @Test
    void showsOnlyJobsWhoseClassWordBeginsWithAText() {
        String bird = worker.finishedJob(api);

        assertThat(api.get("/v1/jobs?class_word=BI").results("id")).containsExactly(bird);
        assertThat(api.get("/v1/jobs?class_word=tea&limit=2").results("id")).isEqualTo(newestFirst.subList(0, 2));
        for (String other : List.of("ird", "%25", "b_rd", "!", "%5C")) {
            assertThat(api.get("/v1/jobs?class_word=" + other).results("id"))
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    void leadsBackFromAPageWhoseJobsAreGone() {
        Answer first = api.get("/v1/jobs?limit=3");
        newestFirst.subList(3, 5).forEach(id -> api.delete("/v1/jobs/" + id));

        Answer second = api.get(first.at("/next"));
        assertThat(second.results("id")).isEmpty();
        assertThat(second.body().get("next").isNull()).isTrue();
        assertThat(api.get(second.at("/previous")).results("id")).isEqualTo(newestFirst.subList(0, 3));
    }

    @Test
    void leadsOnFromAPageOfNewerJobsThatAreGone() {
        Answer second = api.get(api.get("/v1/jobs?limit=2").at("/next"));
        newestFirst.subList(0, 2).forEach(id -> api.delete("/v1/jobs/" + id));

        Answer first = api.get(second.at("/previous"));
        assertThat(first.results("id")).isEmpty();
        assertThat(first.body().get("previous").isNull()).isTrue();
        assertThat(api.get(first.at("/next")).results("id")).isEqualTo(newestFirst.subList(2, 4));
    }

    @Test
    void isEmptyWithoutJobs() {
        worker.clear();

        assertThat(api.get("/v1/jobs").results("id")).isEmpty();
    }
}
