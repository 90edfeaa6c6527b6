package dev.likeness.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.security.SecuritySettings.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContextHolder;

@ApiTest
class RateLimitsTests {

    private static final int REQUESTS = 5;
    private static final int UPLOADS = 2;
    private static final int PIXELS = 60_000;

    @Autowired
    DataSource database;

    private RateLimits limits;
    private RateLimits ofAnotherProcess;

    @BeforeEach
    void open() {
        SecuritySettings settings = TestSettings.required(new Limits(REQUESTS, UPLOADS, PIXELS, 0));
        limits = new RateLimits(settings, database);
        ofAnotherProcess = new RateLimits(settings, database);
        Acting.as(UUID.randomUUID().toString());
    }

    @AfterEach
    void leave() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void areSharedByAllProcesses() {
        List<Boolean> taken = Stream.of(limits, ofAnotherProcess, limits, ofAnotherProcess, limits, ofAnotherProcess)
                .map(it -> it.take(false).isEmpty())
                .toList();

        assertThat(taken).containsExactly(true, true, true, true, true, false);
        Optional<Duration> wait = limits.take(false);
        // One every twelve seconds.
        assertThat(wait).get().matches(it -> it.toMillis() > 0 && it.toMillis() <= 12_000);
    }

    @Test
    void changeWithTheirSettings() {
        assertThat(limits.take(false)).isEmpty();

        RateLimits stricter = new RateLimits(TestSettings.required(new Limits(1, UPLOADS, 0, 0)), database);

        assertThat(stricter.take(false)).isEmpty();
        assertThat(stricter.take(false)).isPresent();
    }

    @Test
    void countUploadsApart() {
        assertThat(limits.take(true)).isEmpty();
        assertThat(limits.take(true)).isEmpty();
        assertThat(limits.take(true)).isPresent();
        assertThat(limits.take(false)).isEmpty();
    }

    @Test
    void countPixels() {
        assertThat(limits.takePixels(50_000)).isEmpty();

        Optional<Duration> wait = ofAnotherProcess.takePixels(20_000);

        // A thousand every second.
        assertThat(wait).get().matches(it -> it.toMillis() > 0 && it.toMillis() <= 10_000);
        assertThat(limits.takePixels(1_000)).isEmpty();
    }

    @Test
    void letMorePixelsThanTheLimitComeOnceAMinute() {
        assertThat(limits.takePixels(10 * PIXELS)).isEmpty();
        assertThat(limits.takePixels(10 * PIXELS))
                .get()
                .matches(it -> it.toSeconds() > 50 && it.compareTo(Duration.ofMinutes(1)) <= 0);
    }

    @Test
    void countNoPixelsWhereTheLimitIsZero() {
        RateLimits none = new RateLimits(TestSettings.required(new Limits(REQUESTS, UPLOADS, 0, 0)), database);

        assertThat(Stream.generate(() -> none.takePixels(PIXELS)).limit(3)).allMatch(Optional::isEmpty);
    }

    @Test
    void holdForEachOwnerByThemselves() {
        Stream.generate(() -> limits.take(false)).limit(REQUESTS + 1).forEach(it -> {});

        Acting.as(UUID.randomUUID().toString());

        assertThat(limits.take(false)).isEmpty();
    }

    @Test
    void areOffWithoutAuthentication() {
        SecurityContextHolder.clearContext();

        assertThat(Stream.generate(() -> limits.take(true)).limit(20)).allMatch(Optional::isEmpty);
        assertThat(Stream.generate(() -> limits.takePixels(PIXELS)).limit(3)).allMatch(Optional::isEmpty);
    }
}
