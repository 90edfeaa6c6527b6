package dev.likeness.app.queue;

import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.security.Owners;
import dev.likeness.app.task.TaskRef;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Observes tasks in the queue: metrics, one trace from the submission to the run, and the task and its owner in every
 * log line about it.
 */
@Component
class TaskObservations {

    /** The key of the owner, in a task's origin and in the log. */
    static final String OWNER = "owner";

    private static final Logger log = LoggerFactory.getLogger(TaskObservations.class);

    private final ObservationRegistry registry;

    TaskObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** @param schedule adds the task with its origin to the queue */
    void enqueue(TaskRef task, Consumer<TaskOrigin> schedule) {
        Map<String, String> fields = new TreeMap<>();
        fields.put(OWNER, Owners.present());
        SenderContext<Map<String, String>> context =
                new SenderContext<>((carrier, name, value) -> fields.put(name, value), Kind.PRODUCER);
        context.setCarrier(fields);
        observation("likeness.enqueue", context, task).observe(() -> schedule.accept(new TaskOrigin(fields)));
    }

    /** @param origin null if it is unknown */
    Outcome work(TaskRef task, @Nullable TaskOrigin origin, Supplier<Outcome> work) {
        Map<String, String> fields = origin == null ? Map.of() : origin.fields();
        ReceiverContext<Map<String, String>> context = new ReceiverContext<>(Map::get, Kind.CONSUMER);
        context.setCarrier(fields);
        Observation observation = observation("likeness.task", context, task).start();
        try (Observation.Scope scope = observation.openScope();
                MDC.MDCCloseable id = MDC.putCloseable(field(task), task.id().toString());
                MDC.MDCCloseable owner = MDC.putCloseable(OWNER, fields.get(OWNER))) {
            Outcome outcome = work.get();
            observation.lowCardinalityKeyValue(outcome(outcome.wire()));
            log.info("{}: {}", task, outcome);
            return outcome;
        } catch (RuntimeException | Error e) {
            observation.lowCardinalityKeyValue(outcome("retried"));
            observation.error(e);
            throw e;
        } finally {
            observation.stop();
        }
    }

    private <C extends Observation.Context> Observation observation(String name, C context, TaskRef task) {
        String kind = TaskNames.of(task.kind());
        return Observation.createNotStarted(name, () -> context, registry)
                .contextualName(name.substring(name.indexOf('.') + 1) + " " + kind)
                .lowCardinalityKeyValue("kind", kind)
                .highCardinalityKeyValue(field(task), task.id().toString());
    }

    private static String field(TaskRef task) {
        return TaskNames.of(task.kind()) + "_id";
    }

    private static KeyValue outcome(String name) {
        return KeyValue.of("outcome", name);
    }
}
