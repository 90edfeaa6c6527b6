package dev.likeness.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.job.JobWeights;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.diffusion.schedule.Sampler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The numbers of the notes below a table, with their nouns. */
class EvaluationTableTests {

    private static final UUID FIRST = UUID.fromString("6f9619ff-8b86-4011-b42d-00c04fc964ff");
    private static final UUID SECOND = UUID.fromString("01a2008f-951c-77ec-844f-e975cfc4af63");

    private final List<EvaluationRow> rows = new ArrayList<>();

    @Test
    void nameOneRowAndOneImageAndOneStepInTheSingular() {
        row(FIRST, 1);

        assertThat(notes(List.of("a {subject}"), 1))
                .contains("- 1 of 4 rows is finished.\n")
                .contains("- Each score is the mean over 1 image (1 per prompt), with its")
                .endsWith("- Weights: after 1 training step.\n");
    }

    @Test
    void nameSeveralInThePlural() {
        row(FIRST, 400);
        row(SECOND, 400);

        assertThat(notes(List.of("a {subject}", "a {subject} at night"), 1))
                .contains("- 2 of 4 rows are finished.\n")
                .contains("- Each score is the mean over 2 images (1 per prompt), with its")
                .endsWith("- Weights: after 400 training steps.\n");
    }

    @Test
    void nameTheStepsOfEachJobInTheOrderOfTheTable() {
        row(FIRST, 1);
        row(SECOND, 11);
        row(SECOND, 11);
        row(SECOND, 1);

        assertThat(notes(List.of("a {subject}"), 2))
                .contains("- Each score is the mean over 2 images (2 per prompt), with its")
                .endsWith("- Weights: of job %s after 1 training step; of job %s after 11, 1 training steps.\n"
                        .formatted(FIRST, SECOND));
    }

    private void row(UUID job, int step) {
        JobSpec spec = TestJobs.spec();
        rows.add(new EvaluationRow(
                UUID.randomUUID(),
                new NewEvaluationRow(
                        new EvaluatedJob(
                                job,
                                UUID.randomUUID(),
                                "teapot",
                                spec,
                                List.of(),
                                new JobWeights("ab12", step),
                                List.of()),
                        new PlannedRow(rows.size(), spec.sampling().plan()),
                        List.of()),
                0.25,
                Instant.EPOCH));
    }

    /** The table of an unfinished evaluation of two jobs with two samplers, from the notes on. */
    private String notes(List<String> prompts, int imagesPerPrompt) {
        EvaluationSpec spec = new EvaluationSpec(
                List.of(FIRST, SECOND),
                List.of(Sampler.DDIM, Sampler.PNDM),
                List.of(50),
                prompts,
                imagesPerPrompt,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        String table = new EvaluationTable(spec, rows, false).markdown();
        return table.substring(table.indexOf("\n- "));
    }
}
