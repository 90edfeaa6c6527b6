package dev.likeness.app.notification;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Delivers the database's notifications to the parts of this process. One thread listens on one connection of the pool. It
 * connects again after a lost connection. Notifications that do not arrive, for example behind a pooler in transaction
 * mode, are noticed, because the thread regularly notifies itself.
 */
@Component
public class Notifications implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);

    /** How often it is checked that notifications arrive. A broken network ends a connection without a sign. */
    private static final Duration CHECK = Duration.ofSeconds(30);

    private static final Duration RECONNECT = Duration.ofMillis(500);
    private static final Duration RECONNECT_AT_MOST = Duration.ofSeconds(30);

    private static final Duration END = Duration.ofSeconds(2);

    private final HikariDataSource pool;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable ListeningConnection connection;
    private volatile boolean arriving;

    Notifications(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Delivers a channel's notifications until the subscription is closed. */
    public Subscription subscribe(Channel channel, Subscriber subscriber) {
        Subscription subscription = new Subscription(channel, subscriber);
        synchronized (subscriptions) {
            subscriptions.add(subscription);
            subscriber.arriving(arriving);
        }
        begin();
        return subscription;
    }

    /** A process without subscribers, such as a migration, does not listen. */
    private synchronized void begin() {
        if (thread == null) {
            thread = new Thread(this::listen, "notifications");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void listen() {
        if (!ListeningConnection.leavesEnoughOf(pool)) {
            log.warn(
                    "The connection pool is too small to listen for notifications: tables are polled more often instead");
            return;
        }
        Duration pause = RECONNECT;
        while (isOpen()) {
            try (ListeningConnection open = ListeningConnection.open(pool)) {
                connection = open;
                while (isOpen() && open.isAlive(this::isOpen, this::deliver)) {
                    pause = RECONNECT;
                    setArriving(true);
                    open.receive(CHECK, this::isOpen, this::deliver);
                }
                if (isOpen()) {
                    log.warn("Notifications of the database do not arrive: tables are polled more often instead");
                }
            } catch (Exception e) {
                if (isOpen()) {
                    log.warn("The connection for notifications is lost: {}", e.toString());
                }
            }
            connection = null;
            setArriving(false);
            pause = awaitClosed(pause);
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Returns the next pause. */
    private Duration awaitClosed(Duration pause) {
        try {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(RECONNECT_AT_MOST) > 0 ? RECONNECT_AT_MOST : longer;
    }

    private void deliver(String channel, String payload) {
        for (Subscription each : subscriptions) {
            if (each.channel.identifier().equals(channel)) {
                try {
                    each.subscriber.notified(payload);
                } catch (RuntimeException e) {
                    // Any user of the database may send any payload.
                    log.warn("A notification on {} was not understood: {}", channel, payload, e);
                }
            }
        }
    }

    private void setArriving(boolean now) {
        synchronized (subscriptions) {
            if (arriving != now) {
                arriving = now;
                subscriptions.forEach(it -> it.subscriber.arriving(now));
            }
        }
    }

    /** Waits until the connection no longer listens, but not for one that does not answer. */
    @Override
    public void close() {
        closed.countDown();
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ListeningConnection open = connection;
        if (open != null) {
            open.abort();
        }
    }

    private synchronized void end() throws InterruptedException {
        if (thread != null) {
            thread.join(END.toMillis());
        }
    }

    /** The deliveries to one subscriber. */
    public final class Subscription implements AutoCloseable {

        private final Channel channel;
        private final Subscriber subscriber;

        private Subscription(Channel channel, Subscriber subscriber) {
            this.channel = channel;
            this.subscriber = subscriber;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
