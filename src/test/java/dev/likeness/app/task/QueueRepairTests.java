package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.job.Jobs;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
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
    TestDatabase database;

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
        database.clearQueue();

        repair.repair();

        assertThat(database.dueIfQueued(evaluation))
                .contains(evaluations.get(evaluation).createdAt());
        assertThat(database.dueIfQueued(job)).contains(jobs.get(job).createdAt());
        assertThat(database.dueIfQueued(generation))
                .contains(generations.get(generation).createdAt());
        assertThat(database.dueIfQueued(captions))
                .contains(this.captions.get(captions).createdAt());
        assertThat(database.dueIfQueued(worked)).isEmpty();
    }

    @Test
    void leavesTheTasksThatAreThereAsTheyAre() {
        UUID job = worker.submit();
        Optional<Instant> places = database.dueIfQueued(job);

        repair.repair();

        assertThat(database.dueIfQueued(job)).isEqualTo(places);
    }
}
