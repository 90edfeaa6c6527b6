package dev.likeness.app.web.job;

import dev.likeness.app.job.ExpectedDuration;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.JobWork;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.spec.JobSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import org.jspecify.annotations.Nullable;

@Schema(name = "Plan")
record PlanView(
        String object,

        String classWord,

        JobSpec spec,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        MemoryPlanView memoryPlan,

        int trainingSteps,

        PlannedImagesView images,

        DurationView duration) {

    static PlanView of(JobDraft draft, ExpectedDuration duration) {
        JobMemory memory = draft.memory();
        JobWork work = JobWork.of(draft.spec());
        return new PlanView(
                "plan",
                draft.classWord(),
                draft.spec(),
                memory == null ? null : MemoryPlanView.of(memory),
                work.steps(),
                PlannedImagesView.of(work),
                new DurationView(duration.seconds(), duration.measuredJobs(), duration.reason()));
    }

    @Schema(name = "PlannedImages")
    record PlannedImagesView(int priorImages, int previews, int scoring, int results, int total) {

        static PlannedImagesView of(JobWork work) {
            return new PlannedImagesView(
                    work.priorImages(), work.previewImages(), work.scoringImages(), work.resultImages(), work.images());
        }
    }

    @Schema(name = "ExpectedDuration")
    record DurationView(
            @Schema(nullable = true) @Nullable Integer seconds,

            int measuredJobs,

            @Schema(nullable = true) @Nullable String reason) {}
}
