package dev.likeness.app.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Shows the progress of a job: as one line that is updated on a terminal, otherwise as a few lines per phase. */
final class ProgressDisplay {

    /** Most lines per phase, besides its first line. A log must stay short for a long job. */
    private static final int LINES = 4;

    private static final int BAR = 24;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private int lines;
    private String phase = "waiting";
    private int step;
    private int total;
    private @Nullable Double loss;
    private @Nullable Integer etaSeconds;

    ProgressDisplay(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether the output is a terminal on which lines can be updated. */
    static boolean onTerminal() {
        Console console = System.console();
        String type = System.getenv("TERM");
        return console != null && isTerminal(console) && type != null && !type.equals("dumb");
    }

    /** Newer Java versions also have a console for pipes and files, and a method that distinguishes them. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Shown before the first event: a worker takes seconds to start. */
    void waiting() {
        show(true);
    }

    /** An event {@code progress}. */
    void progress(JsonNode data) {
        String next = data.path("phase").stringValue(phase);
        boolean entered = !next.equals(phase);
        if (entered) {
            phase = next;
            lines = 0;
            loss = null;
        }
        step = data.path("step").intValue(0);
        total = data.path("total").intValue(0);
        etaSeconds = data.hasNonNull("eta_seconds") ? data.get("eta_seconds").intValue() : null;
        show(entered);
    }

    /** An event {@code metric}. */
    void metric(JsonNode data) {
        if (data.hasNonNull("loss")) {
            loss = data.get("loss").doubleValue();
        }
    }

    /** Ends the current line, if there is one. */
    void end() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private void show(boolean now) {
        if (terminal) {
            out.print(CLEAR_LINE + line());
            out.flush();
            return;
        }
        int due = total == 0 ? 0 : LINES * step / total;
        if (now || due > lines) {
            out.println(line());
        }
        lines = Math.max(lines, due);
    }

    private String line() {
        StringBuilder line = new StringBuilder("%-13s".formatted(phase.replace('_', ' ')));
        if (total > 0) {
            if (terminal) {
                int filled = BAR * step / total;
                line.append(" [")
                        .append("#".repeat(filled))
                        .append(".".repeat(BAR - filled))
                        .append(']');
            }
            line.append(" %4d/%d".formatted(step, total));
        }
        if (loss != null) {
            line.append(String.format(Locale.ROOT, "  loss %.4f", loss));
        }
        if (etaSeconds != null) {
            line.append("  %s left".formatted(minutes(etaSeconds)));
        }
        return line.toString().stripTrailing();
    }

    static String minutes(long seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }
}
