package dev.likeness.app.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trainings of the bundled model, labelled by looking at the images before the scores: the best checkpoint, another one that is
 * about as good if there is one, and whether the training was good. The rule was fitted to the half {@code fit}.
 */
class LabelledTrainingsTests {

    private final List<Training> trainings = read();

    @Test
    void areTwelveOfEachHalfWithDifferentSubjects() {
        assertThat(half("fit")).hasSize(12);
        assertThat(half("held_out")).hasSize(12);
        assertThat(half("fit").stream().map(Training::subject))
                .doesNotContainAnyElementsOf(
                        half("held_out").stream().map(Training::subject).toList());
    }

    /** Of the highest CLIP-I above a floor, 7 and 5; of the last step, 10 and 11. */
    @Test
    void theChoiceAgreesWithPeople() {
        assertThat(half("fit").stream().filter(it -> it.accepts(it.chosen()))).hasSize(11);
        assertThat(half("held_out").stream().filter(it -> it.accepts(it.chosen())))
                .hasSize(8);
        assertThat(half("fit").stream().filter(it -> it.accepts(it.formerChoice())))
                .hasSize(7);
        assertThat(half("held_out").stream().filter(it -> it.accepts(it.formerChoice())))
                .hasSize(5);
    }

    @Test
    void theChoiceIsOftenTheVeryBest() {
        assertThat(half("fit").stream().filter(it -> it.chosen() == it.best())).hasSize(8);
        assertThat(half("held_out").stream().filter(it -> it.chosen() == it.best()))
                .hasSize(6);
    }

    @Test
    void theVerdictAgreesWithPeople() {
        assertThat(half("fit").stream().filter(Training::agrees)).hasSize(9);
        assertThat(half("held_out").stream().filter(Training::agrees)).hasSize(8);
    }

    @Test
    void distortedSubjectsAreNotGood() {
        List<TrainingVerdict> verdicts = trainings.stream()
                .filter(it -> it.label().equals("weak"))
                .map(Training::verdict)
                .toList();

        assertThat(verdicts).hasSize(7).filteredOn(TrainingVerdict.GOOD::equals).hasSize(2);
    }

    @Test
    void theDemosTrainingIsGoodAndNotCalledOverfit() {
        Training demo = trainings.get(0);

        assertThat(demo.verdict()).isEqualTo(TrainingVerdict.GOOD);
        assertThat(TrainingAdvice.of(TestSpec.small().spec(), demo.scores(), demo.choose()))
                .extracting(Advice::code)
                .doesNotContain("overfit", "prompts_ignored", "unlike", "undertrained", "unfinished");
        assertThat(demo.choose().reason())
                .startsWith(
                        "its clip_i of 0.699, a likeness gain of 1.04 with 0.44 of the untrained model's clip_t_margin left,"
                                + " is the best balance of 4 checkpoints without step 100, 200, because a later one shows more"
                                + " detail; it looks good");
    }

    private List<Training> half(String name) {
        return trainings.stream().filter(it -> it.half().equals(name)).toList();
    }

    private static List<Training> read() {
        try (InputStream in =
                Objects.requireNonNull(LabelledTrainingsTests.class.getResourceAsStream("/trainings/labelled.json"))) {
            List<Training> trainings = new ArrayList<>();
            JsonMapper.shared().readTree(in).forEach(it -> trainings.add(new Training(it)));
            return trainings;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Training(JsonNode json) {

        String subject() {
            return json.get("subject").stringValue();
        }

        String half() {
            return json.get("half").stringValue();
        }

        int best() {
            return json.at("/label/best").intValue();
        }

        String label() {
            return json.at("/label/verdict").stringValue();
        }

        /** The figures do not tell a subject that is distorted from one that needs more training. */
        boolean agrees() {
            return switch (verdict()) {
                case UNDERTRAINED, UNFINISHED -> List.of("undertrained", "weak").contains(label());
                case GOOD -> label().equals("good");
                case OVERFIT -> label().equals("overfit");
                case CANNOT_TELL -> false;
            };
        }

        boolean accepts(int step) {
            return step == best() || step == json.at("/label/also/0").intValue(0);
        }

        int formerChoice() {
            return json.get("former_choice").intValue();
        }

        ChosenCheckpoint choose() {
            return new CheckpointChoice(
                            TestSpec.small()
                                    .with("evaluation.keep", "best")
                                    .with("evaluation.score", "clip_i")
                                    .with("evaluation.prompt_floor", 0)
                                    .spec()
                                    .evaluation(),
                            scores())
                    .choose(json.at("/training/steps").intValue());
        }

        int chosen() {
            return choose().step();
        }

        TrainingVerdict verdict() {
            return TrainingVerdict.of(new JudgedSteps(scores()), Metric.CLIP_I, chosen());
        }

        List<Score> scores() {
            List<Score> scores = new ArrayList<>();
            for (JsonNode row : json.get("scores")) {
                for (String name : List.of("clip_i", "clip_t", "clip_t_margin", "detail", "pres", "div")) {
                    JsonNode figures = row.get(name);
                    JsonNode reference = json.get("reference").get(name);
                    @Nullable Double real = reference == null ? null : reference.doubleValue();
                    scores.add(new Score(
                            new Selection(ImageSet.CHECKPOINT, row.get("step").intValue(), null),
                            Wire.named(Metric.class, name),
                            Outcome.of(
                                    figures.get(0).doubleValue(),
                                    7,
                                    new Interval(
                                            figures.get(1).doubleValue(),
                                            figures.get(2).doubleValue())),
                            "likeness/tiny-world/clip",
                            "all",
                            real));
                }
            }
            return scores;
        }
    }
}
