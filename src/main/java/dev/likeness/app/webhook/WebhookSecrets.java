package dev.likeness.app.webhook;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The deployment's signing secret: created at first use, and stored in the database. */
@Component
@Transactional
public class WebhookSecrets {

    private final JdbcClient jdbc;
    private final WebhookSettings settings;
    private final Clock clock;

    WebhookSecrets(JdbcClient jdbc, WebhookSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** The current secret, as {@code whsec_} and base64. */
    public String present() {
        return active().get(0).text();
    }

    /** Creates a new secret. The previous one signs too for a limited time, and older ones are deleted. */
    public String rotate() {
        Instant now = clock.instant();
        active();
        jdbc.sql("delete from webhook_secret where retired_at is not null").update();
        jdbc.sql("update webhook_secret set retired_at = ?")
                .param(Timestamp.from(now.plus(settings.rotation())))
                .update();
        insert(now);
        return present();
    }

    /** All signing secrets, the current one first. */
    List<WebhookSecret> active() {
        List<WebhookSecret> active = find();
        if (active.isEmpty()) {
            insert(clock.instant());
            active = find();
        }
        return active;
    }

    private List<WebhookSecret> find() {
        return jdbc.sql("""
                        select secret from webhook_secret where retired_at is null or retired_at > ?
                        order by retired_at nulls first
                        """).param(Timestamp.from(clock.instant())).query(String.class).list().stream()
                .map(WebhookSecret::parse)
                .toList();
    }

    /** If two processes create a secret at once, one of them is stored. */
    private void insert(Instant now) {
        jdbc.sql("insert into webhook_secret (secret, created_at) values (?, ?) on conflict do nothing")
                .params(WebhookSecret.generate().text(), Timestamp.from(now))
                .update();
    }
}
