package dev.likeness.app.caption;

import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskType;
import dev.likeness.app.task.TaskType.Priority;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers captions as a kind of task. */
@Configuration(proxyBeanMethods = false)
class CaptionTaskType {

    @Bean
    TaskType captionsTaskType(CaptionProgress progress) {
        return new TaskType(Kind.CAPTIONS, "caption_task", CaptionSpec.class, Priority.HIGH, progress);
    }
}
