package dev.likeness.app.web.evaluation;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** Evaluations of two jobs, with and without prior preservation. */
@ApiTest
abstract class EvaluationTest {

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    UUID with = UUID.randomUUID();

    UUID without = UUID.randomUUID();

    void trainTwoJobs() {
        worker.clear();
        database.clear("evaluation");
        with = trained("{\"prior\": {\"enabled\": true}}");
        without = trained("{\"prior\": {\"enabled\": false}}");
    }

    UUID trained(String spec) {
        UUID id = worker.submit(spec);
        worker.work(id);
        return id;
    }

    /** Submits an evaluation. WITH and WITHOUT stand for the two jobs, UNKNOWN for a job that does not exist. */
    Answer submit(String request) {
        return api.post(
                "/v1/evaluations",
                request.replace("WITHOUT", "\"%s\"".formatted(without))
                        .replace("WITH", "\"%s\"".formatted(with))
                        .replace("UNKNOWN", "\"%s\"".formatted(UUID.randomUUID())));
    }
}
