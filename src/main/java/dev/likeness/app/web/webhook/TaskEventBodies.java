package dev.likeness.app.web.webhook;

import dev.likeness.app.security.SignedLinks;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.PublicSettings;
import dev.likeness.app.web.task.TaskViews;
import dev.likeness.app.webhook.EventBodies;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tasks in the bodies of webhooks: as in the API, with links that work from other machines. */
@Component
class TaskEventBodies implements EventBodies {

    private final Map<TaskRef.Kind, TaskViews> views;
    private final SignedLinks signer;
    private final PublicSettings settings;
    private final Environment environment;

    TaskEventBodies(List<TaskViews> views, SignedLinks signer, PublicSettings settings, Environment environment) {
        this.views = views.stream().collect(Collectors.toMap(TaskViews::kind, it -> it));
        this.signer = signer;
        this.settings = settings;
        this.environment = environment;
    }

    @Override
    public Optional<Object> of(TaskRef task) {
        try {
            TaskViews ofKind = Objects.requireNonNull(views.get(task.kind()));
            return Optional.of(Links.below(base(), signer, () -> ofKind.get(task.id())));
        } catch (UnknownIdException e) {
            return Optional.empty();
        }
    }

    private URI base() {
        return Objects.requireNonNullElseGet(
                settings.publicUrl(),
                () -> URI.create("http://localhost:" + environment.getProperty("local.server.port", "8080")));
    }
}
