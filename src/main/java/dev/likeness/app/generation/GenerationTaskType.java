package dev.likeness.app.generation;

import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskType;
import dev.likeness.app.task.TaskType.Priority;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers generations as a kind of task. */
@Configuration(proxyBeanMethods = false)
class GenerationTaskType {

    @Bean
    TaskType generationsTaskType(GenerationProgress progress) {
        return new TaskType(Kind.GENERATION, "generation", SamplingSpec.class, Priority.HIGH, progress);
    }
}
