package dev.likeness.app.web.worker;

import dev.likeness.app.task.Workers;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.worker.WorkerView.WorkersView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The workers that run the tasks of all owners. */
@RestController
@Tag(name = DocumentOrder.WORKERS)
class WorkerController {

    private final Workers workers;

    WorkerController(Workers workers) {
        this.workers = workers;
    }

    @GetMapping(path = Paths.WORKERS, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listWorkers")
    WorkersView list() {
        return new WorkersView(workers.list().stream().map(WorkerView::of).toList());
    }
}
