package dev.likeness.app.job;

import dev.likeness.app.job.JobTask.Kind;
import dev.likeness.app.job.TaskType.Priority;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes generations a kind of task. */
@Configuration(proxyBeanMethods = false)
class GenerationTaskType {

    @Bean
    TaskType generationsTaskType(GenerationProgress progress) {
        return new TaskType(Kind.GENERATION, "generation", JobSpec.Sampling.class, Priority.HIGH, progress);
    }
}
