package dev.likeness.app.upload;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Admits few callers at a time, and fewer of each owner, so that other owners have a place. Among waiting owners, the
 * one whose last turn is longest ago is next, for any number of waiting calls.
 */
public final class Turns {

    private final int ofAnOwner;
    private final Map<String, Owner> owners = new LinkedHashMap<>();
    private int free;
    private long turns;

    /**
     * @param places most admitted callers at a time
     * @param ofAnOwner most admitted callers of one owner
     */
    public Turns(int places, int ofAnOwner) {
        this.free = places;
        this.ofAnOwner = ofAnOwner;
    }

    /** Waits for a turn, which {@link #leave} ends. */
    public void enter(String owner) {
        Semaphore turn = new Semaphore(0);
        synchronized (this) {
            owners.computeIfAbsent(owner, it -> new Owner()).waiting.add(turn);
            admit();
        }
        turn.acquireUninterruptibly();
    }

    public synchronized void leave(String name) {
        owners.computeIfPresent(name, (it, owner) -> --owner.inside == 0 && owner.waiting.isEmpty() ? null : owner);
        free++;
        admit();
    }

    private void admit() {
        for (Optional<Owner> next = next(); free > 0 && next.isPresent(); next = next()) {
            Owner owner = next.get();
            free--;
            owner.inside++;
            owner.lastTurn = ++turns;
            owner.waiting.remove().release();
        }
    }

    private Optional<Owner> next() {
        return owners.values().stream()
                .filter(it -> !it.waiting.isEmpty() && it.inside < ofAnOwner)
                .min(Comparator.comparingLong(it -> it.lastTurn));
    }

    private static final class Owner {
        private final Deque<Semaphore> waiting = new ArrayDeque<>();
        private int inside;
        private long lastTurn;
    }
}
