package dev.likeness.app.queue;

import java.util.PriorityQueue;

/** Time that passes from event to event. Events of the same moment come in the order in which they were planned. */
final class Simulation {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private double now;
    private long planned;

    /** Seconds since the beginning. */
    double now() {
        return now;
    }

    void after(double seconds, Runnable action) {
        events.add(new Event(now + seconds, planned++, action));
    }

    void run(double seconds) {
        double end = now + seconds;
        for (Event next = events.peek(); next != null && next.at() <= end; next = events.peek()) {
            events.remove(next);
            now = next.at();
            next.action().run();
        }
        now = end;
    }

    private record Event(double at, long number, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(at, other.at);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }
}
