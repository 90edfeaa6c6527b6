package dev.likeness.app.web.http;

import dev.likeness.app.job.JobPlace;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.Violation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Writes places in a list as opaque text, and reads them back. */
public final class Cursors {

    private Cursors() {}

    public static String write(Cursor cursor) {
        String text = "%s %s %s"
                .formatted(
                        cursor.towards(),
                        cursor.place().createdAt(),
                        cursor.place().id());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidSpecException if it is not one of ours */
    public static Cursor read(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 3);
            if (parts.length == 3) {
                return new Cursor(
                        Direction.valueOf(parts[0]), new JobPlace(Instant.parse(parts[1]), UUID.fromString(parts[2])));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Falls through: it does not matter which part of it is wrong.
        }
        throw new InvalidSpecException(
                List.of(new Violation(List.of("cursor"), "is none that this service handed out", "value_error")));
    }

    /** Where a page goes on, and in which direction. */
    public record Cursor(Direction towards, JobPlace place) {}

    /** Which way a page goes on. */
    public enum Direction {
        OLDER,
        NEWER
    }
}
