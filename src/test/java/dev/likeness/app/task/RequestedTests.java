package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestedTests {

    private static final Instant NOW = Instant.EPOCH.plusSeconds(86_400);

    private final Errand errand = new Errand();

    @Test
    void overtakesOnlyThoseThatAreSubmittedWithinAnHourForEachLevel() {
        errand.prioritise(3);

        assertThat(errand.queuePlace()).isEqualTo(Instant.EPOCH.minus(Duration.ofHours(3)));
        errand.prioritise(-10);
        assertThat(errand.queuePlace()).isEqualTo(Instant.EPOCH.plus(Duration.ofHours(10)));
        errand.prioritise(0);
        assertThat(errand.queuePlace()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void tellsOfProgressAtMostOnceInFiveSeconds() {
        errand.callBack("http://127.0.0.1/", EnumSet.allOf(WebhookEvent.class));

        errand.tellStart(NOW);
        errand.tellStart(NOW.plusSeconds(1));
        errand.tellProgress(NOW.plusMillis(4_999));
        errand.tellProgress(NOW.plusSeconds(5));
        errand.tellProgress(NOW.plusSeconds(6));
        errand.tellProgress(NOW.plusSeconds(10));

        assertThat(news()).containsExactly(WebhookEvent.START, WebhookEvent.PROGRESS, WebhookEvent.PROGRESS);
    }

    @Test
    void tellsOnlyWhatTheReceiverWants() {
        errand.tellStart(NOW);
        errand.tellProgress(NOW);
        errand.callBack("http://127.0.0.1/", Set.of(WebhookEvent.PROGRESS));
        errand.tellStart(NOW);
        errand.tellProgress(NOW);

        assertThat(news()).containsExactly(WebhookEvent.PROGRESS);
    }

    private List<WebhookEvent> news() {
        return errand.handOverEvents().stream()
                .map(it -> ((TaskNews) it).event())
                .toList();
    }

    private static final class Errand extends Task {

        Errand() {
            super(Instant.EPOCH);
        }

        @Override
        public TaskRef.Kind kind() {
            return TaskRef.Kind.JOB;
        }
    }
}
