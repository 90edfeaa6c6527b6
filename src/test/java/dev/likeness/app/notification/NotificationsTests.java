package dev.likeness.app.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ApiTest
class NotificationsTests {

    private static final String CHANNEL = Channel.TASKS.identifier();

    @Autowired
    TestDatabase database;

    @Autowired
    HikariDataSource dataSource;

    @Autowired
    PlatformTransactionManager transactions;

    private final Recorder recorder = new Recorder();

    private Notifications notifications;

    @BeforeEach
    void subscribe() {
        notifications = new Notifications(dataSource);
        notifications.subscribe(Channel.TASKS, recorder);
        await().until(() -> recorder.arriving.contains(true));
    }

    @AfterEach
    void close() {
        notifications.close();
    }

    @Test
    void deliversWhatIsCommittedOnItsChannel() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            database.notify(CHANNEL, "undone");
            status.setRollbackOnly();
        });
        database.notify(Channel.EVENTS.identifier(), "of another channel");
        database.notify(CHANNEL, "done");

        await().until(() -> recorder.payloads.contains("done"));
        assertThat(recorder.payloads).containsExactly("done");
    }

    @Test
    void saysThatNotificationsMayBeLostAndConnectsAgain() {
        database.endListeningConnections();

        await().until(() -> recorder.arriving.equals(List.of(false, true, false, true)));
        database.notify(CHANNEL, "afterwards");
        await().until(() -> recorder.payloads.contains("afterwards"));
    }

    @Test
    void survivesASubscriberThatFails() {
        notifications.subscribe(Channel.TASKS, new Recorder() {
            @Override
            public void notified(String payload) {
                throw new NumberFormatException(payload);
            }
        });

        database.notify(CHANNEL, "no number");
        database.notify(CHANNEL, "next");

        await().until(() -> recorder.payloads.contains("next"));
        assertThat(recorder.arriving).containsExactly(false, true);
    }

    @Test
    void endsItsDeliveriesWithTheSubscription() {
        Recorder second = new Recorder();
        notifications.subscribe(Channel.TASKS, second).close();

        database.notify(CHANNEL, "later");

        await().until(() -> recorder.payloads.contains("later"));
        assertThat(second.payloads).isEmpty();
    }

    /** As behind a pooler in transaction mode: the connection listens, and hears nothing. */
    @Test
    void noticesThatNothingArrives() throws SQLException {
        database.createMuteNotifications("mute");
        HikariConfig config = copy();
        KeptConnections server = kept();
        config.setDataSource(server);
        config.setConnectionInitSql("set search_path = mute, public, pg_catalog");
        Recorder deaf = new Recorder();
        try (server;
                HikariDataSource mute = new HikariDataSource(config);
                Notifications unheard = new Notifications(mute)) {
            unheard.subscribe(Channel.TASKS, deaf);

            // Longer than a notification may take.
            await().during(Duration.ofSeconds(7))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> deaf.arriving.equals(List.of(false)));
            unheard.close();
            assertThat(server.channels()).as("left to other clients").isEmpty();
        }
    }

    @Test
    void leavesNoListeningConnectionToOtherClientsOfAPooler() throws SQLException {
        HikariConfig config = copy();
        KeptConnections server = kept();
        config.setDataSource(server);
        Recorder own = new Recorder();
        try (server;
                HikariDataSource pooled = new HikariDataSource(config);
                Notifications ended = new Notifications(pooled)) {
            ended.subscribe(Channel.TASKS, own);
            await().until(() -> own.arriving.contains(true));
            assertThat(server.channels()).contains(CHANNEL);

            ended.close();

            assertThat(server.channels()).isEmpty();
        }
    }

    @Test
    void leavesASmallPoolToOthers() {
        HikariConfig config = copy();
        config.setMaximumPoolSize(2);
        Recorder deaf = new Recorder();
        try (HikariDataSource small = new HikariDataSource(config);
                Notifications none = new Notifications(small)) {
            none.subscribe(Channel.TASKS, deaf);

            await().during(Duration.ofMillis(500))
                    .until(() -> small.getHikariPoolMXBean().getActiveConnections() == 0);
            assertThat(deaf.arriving).containsExactly(false);
        }
    }

    @Test
    void holdsOneConnectionUntilItIsClosed() {
        HikariConfig config = copy();
        Recorder own = new Recorder();
        try (HikariDataSource pool = new HikariDataSource(config);
                Notifications listening = new Notifications(pool)) {
            listening.subscribe(Channel.TASKS, own);
            await().until(() -> own.arriving.contains(true));
            database.endListeningConnections();
            await().until(() -> own.arriving.equals(List.of(false, true, false, true)));
            await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 1);

            listening.close();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        }
    }

    private HikariConfig copy() {
        HikariConfig config = new HikariConfig();
        dataSource.copyStateTo(config);
        // A pool that closes removes the metrics of its name.
        config.setPoolName(getClass().getSimpleName());
        return config;
    }

    private KeptConnections kept() {
        return new KeptConnections(new DriverManagerDataSource(
                dataSource.getJdbcUrl(), dataSource.getUsername(), dataSource.getPassword()));
    }

    private static class Recorder implements Subscriber {

        final List<String> payloads = new CopyOnWriteArrayList<>();
        final List<Boolean> arriving = new CopyOnWriteArrayList<>();

        @Override
        public void notified(String payload) {
            payloads.add(payload);
        }

        @Override
        public void arriving(boolean now) {
            arriving.add(now);
        }
    }
}
