package dev.likeness.app.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.ScrollPosition.Direction;
import org.springframework.data.domain.Window;

/**
 * A page of a list that is ordered by creation, newest first. The keys of its positions are {@value #CREATED_AT} and
 * {@value #ID}: forward leads to older entries, backward to newer ones. A position stays valid when entries come and go.
 *
 * @param entries newest first
 * @param older the position to continue from; null if there are no older entries
 * @param newer the position to go back from; null if there are no newer entries
 */
public record KeysetPage<T>(
        List<T> entries,
        @Nullable KeysetScrollPosition older,
        @Nullable KeysetScrollPosition newer) {

    public static final String CREATED_AT = "createdAt";
    public static final String ID = "id";

    private static final UUID SMALLEST = new UUID(0, 0);
    private static final UUID LARGEST = new UUID(-1, -1);

    public KeysetPage {
        entries = List.copyOf(entries);
    }

    /** Finds entries beyond a position, in its direction. Each window is newest first. */
    @FunctionalInterface
    public interface Query<T> {
        Window<T> find(KeysetScrollPosition from, Limit limit);
    }

    /** The page beyond a position, in its direction. */
    public static <T> KeysetPage<T> of(Query<T> query, KeysetScrollPosition from, int limit) {
        Window<T> window = query.find(from, Limit.of(limit));
        if (from.isInitial() && window.isEmpty()) {
            return new KeysetPage<>(List.of(), null, null);
        }
        KeysetScrollPosition newest = window.isEmpty() ? justOlder(from) : position(window, 0);
        KeysetScrollPosition oldest = window.isEmpty() ? justNewer(from) : position(window, window.size() - 1);
        boolean older = from.scrollsForward() ? window.hasNext() : exists(query, oldest.forward());
        boolean newer = from.scrollsForward() ? exists(query, newest.backward()) : window.hasNext();
        return new KeysetPage<>(window.getContent(), older ? oldest.forward() : null, newer ? newest.backward() : null);
    }

    public static KeysetScrollPosition position(Instant createdAt, UUID id, Direction direction) {
        return ScrollPosition.of(Map.of(CREATED_AT, createdAt, ID, id), direction);
    }

    /** @throws NullPointerException for the beginning of the list, which has no keys */
    public static Instant createdAt(KeysetScrollPosition position) {
        return (Instant) Objects.requireNonNull(position.getKeys().get(CREATED_AT));
    }

    /** @throws NullPointerException for the beginning of the list, which has no keys */
    public static UUID id(KeysetScrollPosition position) {
        return (UUID) Objects.requireNonNull(position.getKeys().get(ID));
    }

    private static KeysetScrollPosition position(Window<?> window, int index) {
        return (KeysetScrollPosition) window.positionAt(index);
    }

    private static boolean exists(Query<?> query, KeysetScrollPosition from) {
        return !query.find(from, Limit.of(1)).isEmpty();
    }

    /**
     * A position from which the page before an empty page begins with the entry that led there. Instants have
     * microseconds in the database.
     */
    private static KeysetScrollPosition justOlder(KeysetScrollPosition from) {
        return position(createdAt(from).minus(1, ChronoUnit.MICROS), LARGEST, from.getDirection());
    }

    private static KeysetScrollPosition justNewer(KeysetScrollPosition from) {
        return position(createdAt(from).plus(1, ChronoUnit.MICROS), SMALLEST, from.getDirection());
    }
}
