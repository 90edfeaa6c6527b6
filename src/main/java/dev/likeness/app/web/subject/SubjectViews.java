package dev.likeness.app.web.subject;

import dev.likeness.app.job.Jobs;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.web.http.Cursors;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Collects the data for views of subjects, in one transaction each. They report on the pictures for the default model. */
@Component
@Transactional(readOnly = true)
class SubjectViews {

    private static final int USUAL_RESOLUTION = 512;

    private final Subjects subjects;
    private final Jobs jobs;
    private final ModelCatalogue models;

    SubjectViews(Subjects subjects, Jobs jobs, ModelCatalogue models) {
        this.subjects = subjects;
        this.jobs = jobs;
        this.models = models;
    }

    SubjectView get(UUID id) {
        return of(subjects.get(id));
    }

    SubjectView of(Subject subject) {
        return of(List.of(subject)).get(0);
    }

    SubjectPageView page(String classWord, KeysetScrollPosition from, int limit) {
        KeysetPage<Subject> page = subjects.page(classWord, from, limit);
        return new SubjectPageView(of(page.entries()), Cursors.link(page.older()), Cursors.link(page.newer()));
    }

    private List<SubjectView> of(List<Subject> page) {
        Map<UUID, Integer> counts =
                jobs.countBySubject(page.stream().map(Subject::id).toList());
        int resolution = resolution();
        return page.stream()
                .map(it -> SubjectView.of(it, resolution, counts.getOrDefault(it.id(), 0)))
                .toList();
    }

    /** The default model's resolution, or Stable Diffusion's if the model is unknown. */
    private int resolution() {
        return models.find(models.defaultModel()).map(BaseModel::resolution).orElse(USUAL_RESOLUTION);
    }
}
