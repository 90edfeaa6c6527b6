package dev.likeness.app.web.caption;

import dev.likeness.app.caption.Captions;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.web.task.TaskViews;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Views of captions. */
@Component
class CaptionTaskViews implements TaskViews {

    private final Captions captions;

    CaptionTaskViews(Captions captions) {
        this.captions = captions;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.CAPTIONS;
    }

    @Override
    public CaptionTaskView get(UUID id) {
        return CaptionTaskView.of(captions.get(id));
    }
}
