package dev.likeness.app.job;

import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskType;
import dev.likeness.app.task.TaskType.Priority;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers jobs as a kind of task. */
@Configuration(proxyBeanMethods = false)
class JobTaskType {

    @Bean
    TaskType jobsTaskType(JobProgress progress) {
        return new TaskType(Kind.JOB, "job", JobSpec.class, Priority.MEDIUM, progress);
    }
}
