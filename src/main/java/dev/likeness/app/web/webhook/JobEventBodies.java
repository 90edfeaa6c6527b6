package dev.likeness.app.web.webhook;

import dev.likeness.app.job.Jobs;
import dev.likeness.app.security.SignedLinks;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.PublicSettings;
import dev.likeness.app.web.job.JobViews;
import dev.likeness.app.webhook.EventBodies;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Jobs in the bodies of webhooks: as in the API, with links that work from other machines. */
@Component
class JobEventBodies implements EventBodies {

    private final Jobs jobs;
    private final JobViews views;
    private final SignedLinks signer;
    private final PublicSettings settings;
    private final Environment environment;

    JobEventBodies(Jobs jobs, JobViews views, SignedLinks signer, PublicSettings settings, Environment environment) {
        this.jobs = jobs;
        this.views = views;
        this.signer = signer;
        this.settings = settings;
        this.environment = environment;
    }

    @Override
    public Optional<Object> job(UUID id) {
        try {
            return Optional.of(Links.below(base(), signer, () -> views.of(jobs.get(id))));
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
