package dev.likeness.app.evaluation;

import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskType;
import dev.likeness.app.task.TaskType.Priority;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers evaluations as a kind of task. */
@Configuration(proxyBeanMethods = false)
class EvaluationTaskType {

    @Bean
    TaskType evaluationsTaskType(EvaluationProgress progress) {
        return new TaskType(Kind.EVALUATION, "evaluation", EvaluationSpec.class, Priority.MEDIUM, progress);
    }
}
