package dev.likeness.app.worker;

import dev.likeness.app.queue.QueueConsumer;
import dev.likeness.app.queue.QueueConsumers;
import dev.likeness.app.queue.TaskHandler;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.EngineOptions;
import dev.likeness.diffusion.pipeline.TorchEngine;
import dev.likeness.diffusion.tensor.EngineThreads;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of a worker process. */
@InWorker
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    @Bean
    WorkerIdentity workerIdentity(WorkerSettings settings, Clock clock) {
        UUID id = settings.id();
        return new WorkerIdentity(id == null ? UUID.randomUUID() : id, clock.instant());
    }

    /** Waits for the API process, which migrates the schema. */
    @Bean
    FlywayMigrationStrategy waitForMigration(Clock clock) {
        return new SchemaWait(clock)::await;
    }

    @Bean
    ThreadFactory engineThreads() {
        return new EngineThreads();
    }

    /** Never closed: it ends with the process, when a native call may still be running. */
    @Bean(destroyMethod = "")
    DiffusionEngine engine(WorkerSettings settings, ThreadFactory engineThreads, SaferStart safer)
            throws ExecutionException, InterruptedException {
        EngineOptions options = new EngineOptions(
                settings.device(),
                settings.threads(),
                settings.libtorch(),
                settings.nativeCache(),
                settings.avx512OnAmd() && safer.inForce(settings.device()) == null);
        TorchEngine.load(options);
        FutureTask<DiffusionEngine> start = new FutureTask<>(() -> TorchEngine.start(options));
        engineThreads.newThread(start).start();
        return start.get();
    }

    @Bean
    SaferStart saferStart() {
        return new SaferStart();
    }

    @Bean
    EngineSelfCheck.Later later() {
        return (task, pause) -> CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(task);
    }

    @Bean
    QueueConsumer queueConsumer(
            QueueConsumers consumers,
            WorkerIdentity identity,
            TaskHandler handler,
            ThreadFactory engineThreads,
            OomKillDetector kills,
            EngineSelfCheck check) {
        return consumers.create(
                identity.id(),
                handler,
                engineThreads,
                kills::killed,
                () -> check.verdict().allowsWork());
    }
}
