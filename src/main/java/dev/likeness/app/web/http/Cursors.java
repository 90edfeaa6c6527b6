package dev.likeness.app.web.http;

import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Encodes positions in a list as opaque text, and decodes them. */
public final class Cursors {

    private Cursors() {}

    /** The current request with another cursor; null if there is no position to go to. */
    public static @Nullable URI link(@Nullable KeysetScrollPosition position) {
        return position == null
                ? null
                : ServletUriComponentsBuilder.fromCurrentRequest()
                        .replaceQueryParam("cursor", write(position))
                        .build(true)
                        .toUri();
    }

    static String write(KeysetScrollPosition position) {
        Towards towards = position.scrollsForward() ? Towards.OLDER : Towards.NEWER;
        String text = "%s %s %s".formatted(towards, KeysetPage.createdAt(position), KeysetPage.id(position));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The position of a cursor; without one, the beginning of the list.
     *
     * @throws InvalidSpecException if the service did not write this text
     */
    public static KeysetScrollPosition read(@Nullable String text) {
        return text == null ? ScrollPosition.keyset() : parse(text);
    }

    private static KeysetScrollPosition parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 3);
            if (parts.length == 3) {
                return KeysetPage.position(
                        Instant.parse(parts[1]), UUID.fromString(parts[2]), Towards.valueOf(parts[0]).direction);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Falls through: it does not matter which part of it is wrong.
        }
        throw new InvalidSpecException(
                List.of(new Violation(List.of("cursor"), "is not a cursor of this service", "value_error")));
    }

    private enum Towards {
        OLDER(ScrollPosition.Direction.FORWARD),
        NEWER(ScrollPosition.Direction.BACKWARD);

        private final ScrollPosition.Direction direction;

        Towards(ScrollPosition.Direction direction) {
            this.direction = direction;
        }
    }
}
