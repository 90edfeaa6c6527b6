package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.spec.InvalidSpecException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition.Direction;

class CursorsTests {

    private static final String PLACE = "2026-01-31T12:00:00.123456Z 0199f3a2-0000-7000-8000-0123456789ab";

    /** Clients and processes of other versions have cursors of this form. */
    @ParameterizedTest
    @CsvSource({"OLDER, FORWARD", "NEWER, BACKWARD"})
    void keepTheirForm(String towards, Direction direction) {
        String cursor = encoded(towards + " " + PLACE);

        KeysetScrollPosition position = Cursors.read(cursor);

        assertThat(KeysetPage.createdAt(position)).isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
        assertThat(KeysetPage.id(position)).isEqualTo(UUID.fromString("0199f3a2-0000-7000-8000-0123456789ab"));
        assertThat(position.getDirection()).isEqualTo(direction);
        assertThat(Cursors.write(position)).isEqualTo(cursor);
    }

    @Test
    void beginWithTheList() {
        assertThat(Cursors.read(null).isInitial()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "OLDER", "FORWARD " + PLACE, "OLDER yesterday 1-1-1-1-1", "OLDER 2026-01-31T12:00:00Z 1"})
    void areRefusedWhereTheServiceDidNotWriteThem(String text) {
        assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(() -> Cursors.read(encoded(text)));
    }

    @Test
    void areRefusedWhereTheyAreNoBase64() {
        assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(() -> Cursors.read("made up!"));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
