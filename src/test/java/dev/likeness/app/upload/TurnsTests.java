package dev.likeness.app.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private final List<String> inside = new CopyOnWriteArrayList<>();
    private final List<Thread> waiting = new ArrayList<>();

    @AfterEach
    void endThreads() throws InterruptedException {
        for (Thread thread : waiting) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void areTakenByOwnerAndNotByWhoCameFirst() {
        Turns turns = new Turns(1, 1);
        turns.enter("a");
        for (String owner : List.of("a", "a", "b", "a", "c", "b")) {
            comes(turns, owner);
        }

        for (int left = 1; left <= 6; left++) {
            turns.leave(left == 1 ? "a" : inside.get(left - 2));
            int now = left;
            await().until(() -> inside.size() == now);
        }
        turns.leave(inside.get(5));

        assertThat(inside).containsExactly("b", "c", "a", "b", "a", "a");
    }

    @Test
    void leaveAPlaceForOthers() {
        Turns turns = new Turns(2, 1);
        turns.enter("a");
        comes(turns, "a");

        turns.enter("b");

        assertThat(inside).isEmpty();
        turns.leave("a");
        await().until(() -> inside.equals(List.of("a")));
        turns.leave("a");
        turns.leave("b");
    }

    @Test
    void areAsManyAsThereArePlaces() {
        Turns turns = new Turns(3, 2);
        turns.enter("a");
        turns.enter("a");
        turns.enter("b");
        comes(turns, "c");

        assertThat(inside).isEmpty();
        turns.leave("b");
        await().until(() -> inside.equals(List.of("c")));
    }

    /** Starts a caller that waits, and records when it is admitted. */
    private void comes(Turns turns, String owner) {
        Thread thread = new Thread(() -> {
            turns.enter(owner);
            inside.add(owner);
        });
        thread.start();
        waiting.add(thread);
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }
}
