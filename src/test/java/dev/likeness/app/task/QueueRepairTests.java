package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.job.Jobs;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ApiTest
class QueueRepairTests {

    @Autowired
    QueueRepair repair;

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    Generations generations;

    @Autowired
    Captions captions;

    @Autowired
    Evaluations evaluations;

    @Autowired
    JdbcClient jdbc;

    @Test
    void putsBackWhatWaitsAndHasNoTask() {
        UUID job = worker.submit();
        UUID worked = worker.submit();
        worker.work(worked);
        UUID generation = generations
                .submit(worked, JsonMapper.shared().createObjectNode())
                .id();
        UUID captions = this.captions
                .submit(jobs.get(job).subjectId(), JsonMapper.shared().createObjectNode())
                .id();
        ObjectNode request = JsonMapper.shared().createObjectNode();
        request.putArray("job_ids").add(worked.toString());
        UUID evaluation = evaluations.submit(request).id();
        jdbc.sql("delete from scheduled_tasks").update();

        repair.repair();

        assertThat(places(evaluation))
                .containsExactly(evaluations.get(evaluation).createdAt());
        assertThat(places(job)).containsExactly(jobs.get(job).createdAt());
        assertThat(places(generation))
                .containsExactly(generations.get(generation).createdAt());
        assertThat(places(captions)).containsExactly(this.captions.get(captions).createdAt());
        assertThat(places(worked)).isEmpty();
    }

    @Test
    void leavesTheTasksThatAreThereAsTheyAre() {
        UUID job = worker.submit();
        List<Instant> places = places(job);

        repair.repair();

        assertThat(places(job)).isEqualTo(places);
    }

    private List<Instant> places(UUID id) {
        return jdbc
                .sql("select execution_time from scheduled_tasks where task_instance = ?")
                .param(id.toString())
                .query(Timestamp.class)
                .list()
                .stream()
                .map(Timestamp::toInstant)
                .toList();
    }
}
