package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.InvalidRequest;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import io.headwater.jdbc.SqlFailure;
import io.headwater.sqlite.SqliteBackendProvider.Durability;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

class GroupCommitTest {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private SQLiteConnection connection;
    private Session session;
    private FileGuard guard;
    private GroupCommit writes;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws SQLException {
        DatabaseFile file = new DatabaseFile(folder.resolve("numbers.db"), Durability.NORMAL, Duration.ofSeconds(10));
        connection = (SQLiteConnection) DriverManager.getConnection("jdbc:sqlite:" + file.path());
        session = new Session(connection);
        session.execute("PRAGMA journal_mode = WAL");
        session.execute("CREATE TABLE numbers (number NOT NULL)");
        session.execute("CREATE TABLE store (id NOT NULL)");
        session.execute("INSERT INTO store VALUES ('numbers')");
        guard = FileGuard.of(file.path());
        GroupTransaction transaction = new GroupTransaction(
                session, new WriteLock(session, Duration.ofSeconds(10)), guard, new SameStore("numbers", file.path()));
        writes = new GroupCommit(guard, transaction, new GroupCommit.Listener() {
            @Override
            public void writing() {
                begun.incrementAndGet();
            }

            @Override
            public void appended(long position) {
                commits.incrementAndGet();
            }
        });
    }

    @AfterEach
    void close() throws SQLException {
        writes.close();
        guard.close();
        callers.shutdownNow();
    }

    private int insert(Integer number) {
        return writes.submit(
                transaction -> transaction.session().update("INSERT INTO numbers (number) VALUES (?)", number));
    }

    private long count() {
        return writes.submit(transaction -> transaction.session().number("SELECT count(*) FROM numbers"));
    }

    /** Keeps the leader inside a transaction until it is let go. */
    private CountDownLatch occupy() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Future<?> leader = callers.submit(() -> writes.submit(transaction -> {
            inside.countDown();
            await(letGo);
            return 0;
        }));
        assertThat(leader).isNotNull();
        inside.await();
        return letGo;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Future<Integer>> submitWaiting(Integer... numbers) {
        List<Future<Integer>> results = new ArrayList<>();
        for (Integer number : numbers) {
            int before = writes.waiting();
            results.add(callers.submit(() -> insert(number)));
            Awaitility.await().until(() -> writes.waiting() == before + 1);
        }
        return results;
    }

    @Test
    void writes_that_wait_share_a_commit() throws Exception {
        CountDownLatch letGo = occupy();
        List<Future<Integer>> waiting = submitWaiting(1, 2, 3, 4);
        letGo.countDown();
        for (Future<Integer> write : waiting) {
            assertThat(write.get()).isEqualTo(1);
        }
        assertThat(begun).hasValue(2);
        assertThat(commits).hasValue(2);
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void a_write_that_fails_does_not_harm_its_group() throws Exception {
        CountDownLatch letGo = occupy();
        List<Future<Integer>> waiting = submitWaiting(1, null, 3);
        letGo.countDown();

        assertThat(waiting.get(0).get()).isEqualTo(1);
        assertThat(waiting.get(2).get()).isEqualTo(1);
        assertThatThrownBy(() -> waiting.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(BackendFailure.class);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void a_full_disk_fails_what_does_not_fit_and_nothing_else() throws SQLException {
        insert(1);
        long pages = session.number("PRAGMA page_count");
        session.execute("PRAGMA max_page_count = " + (pages + 2));
        byte[] large = new byte[100_000];
        assertThatThrownBy(() -> writes.submit(transaction ->
                        transaction.session().update("INSERT INTO numbers (number) VALUES (length(?)), (?)", 1, large)))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("disk is full");

        assertThat(insert(2)).isEqualTo(1);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void a_failure_that_is_carried_through_a_decision_undoes_its_write_and_nothing_else() throws Exception {
        CountDownLatch letGo = occupy();
        List<Future<Integer>> waiting = new ArrayList<>(submitWaiting(1));
        waiting.add(callers.submit(() -> writes.submit(transaction -> {
            transaction.session().update("INSERT INTO numbers (number) VALUES (99)");
            return SqlFailure.carrying(() -> transaction.session().update("INSERT INTO nowhere VALUES (1)"));
        })));
        Awaitility.await().until(() -> writes.waiting() == 2);
        waiting.addAll(submitWaiting(3));
        letGo.countDown();

        assertThat(waiting.get(0).get()).isEqualTo(1);
        assertThatThrownBy(() -> waiting.get(1).get()).hasCauseInstanceOf(BackendFailure.class);
        assertThat(waiting.get(2).get()).isEqualTo(1);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void closing_ends_more_writers_than_fit_a_group() throws Exception {
        CountDownLatch letGo = occupy();
        List<Future<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            int number = i;
            waiting.add(callers.submit(() -> insert(number)));
        }
        Awaitility.await().until(() -> writes.waiting() == 700);
        Thread closing = startClosing();
        letGo.countDown();
        closing.join();

        for (Future<Integer> write : waiting) {
            assertThatThrownBy(write::get).hasCauseInstanceOf(StoreClosed.class);
        }
    }

    private Thread startClosing() {
        Thread closing = new Thread(() -> SqliteErrors.translating(() -> {
            writes.close();
            return true;
        }));
        closing.start();
        Awaitility.await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        return closing;
    }

    /** Deletes the write-ahead log once, while SQLite commits to it. */
    private void loseTheNextCommit() {
        AtomicBoolean once = new AtomicBoolean(true);
        connection.addCommitListener(new SQLiteCommitListener() {
            @Override
            public void onCommit() {
                if (once.getAndSet(false)) {
                    assertThat(folder.resolve("numbers.db-wal").toFile().delete())
                            .isTrue();
                }
            }

            @Override
            public void onRollback() {}
        });
    }

    @Test
    void a_commit_that_went_to_a_deleted_write_ahead_log_is_unknown_and_later_writes_fail() {
        insert(1);
        loseTheNextCommit();
        assertThatThrownBy(() -> insert(2))
                .isInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("numbers.db-wal");
        assertThatThrownBy(() -> insert(3)).isInstanceOf(BackendFailure.class).hasMessageContaining("numbers.db-wal");
        assertThat(guard.isSound()).isFalse();
    }

    @Test
    void a_refusal_is_told_to_its_caller_alone() {
        assertThatThrownBy(() -> writes.submit(transaction -> {
                    throw new InvalidRequest("no");
                }))
                .isInstanceOf(InvalidRequest.class);
        assertThat(insert(1)).isEqualTo(1);
    }

    @Test
    void an_interrupt_calls_off_a_write_that_waits_and_keeps_the_flag() throws Exception {
        CountDownLatch letGo = occupy();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                insert(1);
            } catch (OperationInterrupted e) {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        Awaitility.await().until(() -> writes.waiting() == 1);
        caller.interrupt();

        assertThat(flag.get()).isTrue();
        letGo.countDown();
        assertThat(count()).isZero();
    }

    @Test
    void closing_refuses_what_waits_and_finishes_what_has_begun() throws Exception {
        CountDownLatch letGo = occupy();
        List<Future<Integer>> waiting = submitWaiting(1);
        Thread closing = startClosing();
        letGo.countDown();
        closing.join();

        assertThatThrownBy(() -> waiting.get(0).get()).hasCauseInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> insert(2)).isInstanceOf(StoreClosed.class);
    }
}
