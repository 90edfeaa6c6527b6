package dev.likeness.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Starts the demo once the service answers. The service keeps serving afterwards. */
@Component
@Profile("demo")
class DemoStarter {

    private static final Logger log = LoggerFactory.getLogger(DemoStarter.class);

    private final DemoSettings settings;
    private final Clock clock;

    DemoStarter(DemoSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @EventListener
    void onReady(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            String baseUrl = "http://localhost:" + web.getWebServer().getPort();
            // Not a daemon thread, because it must run until it has set the exit status.
            new Thread(() -> run(baseUrl, event.getApplicationContext()), "demo").start();
        }
    }

    private void run(String baseUrl, ConfigurableApplicationContext context) {
        PrintStream out = System.out;
        try {
            boolean terminal = ProgressDisplay.onTerminal();
            URI page = new Demo(baseUrl, out, terminal, clock).run(PictureSet.bundled(settings.subject()));
            out.println("Swagger UI     %s/swagger-ui.html".formatted(baseUrl));
            out.println();
            lead(page, out, terminal ? Desktop.ofThisMachine() : Desktop.NONE);
        } catch (DemoFailedException e) {
            giveUp(context, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            giveUp(context, "There is no bundled subject %s.".formatted(settings.subject()));
        } catch (RuntimeException e) {
            log.error("The demo has a defect", e);
            giveUp(context, "This should not have happened: " + e);
        }
    }

    /**
     * Ends the demo's output with the page of the finished job, and shows it where a person sits.
     *
     * @return whether a program has started that shows it
     */
    boolean lead(URI page, PrintStream out, Desktop desktop) {
        out.println("The service keeps serving. Stop it with Ctrl+C. Look at the images, and make more:");
        out.println(page);
        return settings.openBrowser() && desktop.open(page);
    }

    private static void giveUp(ConfigurableApplicationContext context, String problem) {
        if (!context.isActive()) {
            // The service was stopped, and the demo with it.
            return;
        }
        System.err.println("The demo failed. " + problem);
        System.exit(SpringApplication.exit(context, () -> 1));
    }
}
