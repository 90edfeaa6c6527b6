package dev.likeness.bench;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the time of measured steps goes, by libtorch's profiler: by phase, which is a call from Java, and by operator. The
 * profiler itself takes half as much time again, most of it in small operators.
 */
final class OperatorProfile {

    /** The folder that profiles are written to; without it nothing is profiled. */
    private static final String VARIABLE = "BENCH_PROFILE";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double MICROS_TO_MILLIS = 1e-3;

    private final Path folder;

    private OperatorProfile(Path folder) {
        this.folder = folder;
    }

    /** Starts on the current thread, if the environment asks for profiles. */
    static @Nullable OperatorProfile start() {
        String folder = System.getenv(VARIABLE);
        if (folder == null) {
            return null;
        }
        JniUtils.startProfile(false, false, false);
        return new OperatorProfile(Path.of(folder));
    }

    /** Stops on the thread that started, and writes {@code trace.json} and {@code profile.jsonl}. */
    void stop(int steps) {
        try {
            Files.createDirectories(folder);
            Path trace = folder.resolve("trace.json");
            JniUtils.stopProfile(trace.toString());
            List<Event> events = new ArrayList<>(List.of(JSON.readValue(Files.readString(trace), Event[].class)));
            Files.write(
                    folder.resolve("profile.jsonl"),
                    lines(events, steps).stream().map(JSON::writeValueAsString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param ts start in microseconds
     * @param dur duration in microseconds
     */
    record Event(String name, double ts, double dur) {

        double end() {
            return ts + dur;
        }
    }

    /** Sums over all events of a name, in microseconds. */
    private static final class Sum {
        private double own;
        private int calls;

        void add(double microseconds) {
            own += microseconds;
            calls++;
        }

        Map<String, Object> line(String kind, String name, int steps) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put(kind, name);
            line.put("milliseconds_per_step", own * MICROS_TO_MILLIS / steps);
            line.put("calls_per_step", calls / (double) steps);
            return line;
        }
    }

    /** A line for each phase with its time, and one for each operator with its time outside other operators. */
    static List<Map<String, Object>> lines(List<Event> events, int steps) {
        Map<String, Sum> phases = new LinkedHashMap<>();
        Map<String, Sum> operators = new LinkedHashMap<>();
        Deque<Event> open = new ArrayDeque<>();
        events.sort(Comparator.comparingDouble(Event::ts)
                .thenComparing(Comparator.comparingDouble(Event::dur).reversed()));
        for (Event event : events) {
            while (!open.isEmpty() && event.ts >= open.peek().end()) {
                open.pop();
            }
            if (open.isEmpty()) {
                sum(phases, event.name).add(event.dur);
            } else {
                sum(operators, open.peek().name).own -= event.dur;
            }
            sum(operators, event.name).add(event.dur);
            open.push(event);
        }
        List<Map<String, Object>> lines = new ArrayList<>(ordered("phase", phases, steps));
        lines.addAll(ordered("operator", operators, steps));
        return lines;
    }

    private static Sum sum(Map<String, Sum> sums, String name) {
        return sums.computeIfAbsent(name, key -> new Sum());
    }

    private static List<Map<String, Object>> ordered(String kind, Map<String, Sum> sums, int steps) {
        return sums.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue().own))
                .map(entry -> entry.getValue().line(kind, entry.getKey(), steps))
                .toList();
    }
}
